"""benchmarks – our time beside the time of the bare library that does the same work.

Law: both are measured in one run, on one machine, one after the other, as medians of five. The
ratio is what counts; absolute seconds say more about the machine than about us.
"""
