"""Ours beside public packages that compute the same: on the same inputs, in one run.

Each is installed in an environment of its own, called through its public functions, and never
imported by us. Its code is not read into ours, and data that it ships is read from it and not kept.
"""
