"""importers – offline: files of other publishers → rows of our tables.

Law: nothing but the command line may import this room; no step, page or service does.
"""
