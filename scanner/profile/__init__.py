"""profile – step 6: the answer for one BOM.

Pure: compositions and indicators in, one canonical document out. Ids of a database, times and
translated names stay out of it: the same input on the same release gives the same bytes.
"""
