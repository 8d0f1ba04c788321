"""Requests to the methods that assess raw materials, for the recording."""

NOWHERE = "/v1/materials/unobtainium"


def of_methods():
    """Operation, name, summary, method, address and options of each."""
    return [
        ("get_supply_risk", "cobalt", "Cobalt: published, recomputed, and what became of it since.",
         "GET", "/v1/materials/cobalt/supply-risk", {}),
        ("get_supply_risk", "not-found", "No such material.",
         "GET", f"{NOWHERE}/supply-risk", {}),
        ("get_supply_risk", "invalid-input", "Neither true nor false.",
         "GET", "/v1/materials/cobalt/supply-risk?explain=maybe", {}),
        ("get_concentration", "production", "Cobalt's production by year; two biggest suppliers.",
         "GET", "/v1/materials/cobalt/concentration?scope=production&top=2", {}),
        ("get_concentration", "not-found", "No such material.",
         "GET", f"{NOWHERE}/concentration", {}),
        ("get_concentration", "invalid-input", "No such scope.",
         "GET", "/v1/materials/cobalt/concentration?scope=moon", {}),
        ("get_diversification", "lithium", "Who else makes lithium.",
         "GET", "/v1/materials/lithium/diversification", {}),
        ("get_diversification", "not-found", "No such material.",
         "GET", f"{NOWHERE}/diversification", {}),
        ("get_diversification", "invalid-input", "Neither true nor false.",
         "GET", "/v1/materials/lithium/diversification?explain=maybe", {}),
    ]  # fmt: skip
