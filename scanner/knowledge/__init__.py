"""knowledge – one versioned, checksummed release of cited figures.

Law: core, numpy and the standard library only. Every row has a source key that resolves. One
loader validates all tables and compiles the types that the steps take.
"""
