"""compose – step 4: how much of each raw material is inside.

Pure: a part, its recognition and the recipes in, a composition out. No files, database, HTTP or
clock. Ranges are carried to the end; an unknown mass is a gap with a reason, never 0.
"""
