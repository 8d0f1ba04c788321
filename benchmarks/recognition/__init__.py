"""recognition – lines with labels, and how well they are recognised.

Law: a label is engineering, never what the program says. Labels are corrected for errors of
engineering only, and the change says why.
"""
