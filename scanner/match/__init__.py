"""match – step 3: what each part is, with the evidence.

Pure: a part and the lexicon in, a recognition out. No files, database, HTTP or clock. Precision
before recall: what nothing identifies is unrecognised.
"""
