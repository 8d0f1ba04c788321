"""api – /v1: blueprints, marshmallow schemas, keys, problem details.

Law: a view authorises, calls one service and dumps. `contract.py` is the one typed door to
flask-smorest. No queries, no steps.
"""
