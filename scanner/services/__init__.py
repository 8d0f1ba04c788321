"""services – the use cases, one module per resource.

Law: no Flask, no marshmallow. Opens transactions, calls the pipeline and the store, and declares
the port by which a job is enqueued. Logic about materials lives in the steps, not here.
"""
