"""Requests to the methods that assess raw materials, for the recording."""

NOWHERE = "/v1/materials/unobtainium"
PURCHASES = {
    "origins": [
        {"country": "COD", "weight_t": 8, "value_kusd": 200},
        {"country": "FIN", "weight_t": 2, "value_kusd": 60},
    ],
    "home": "EU27",
    "stage": "processing",
}


def of_scenarios(bom, none):
    """Requests about scenarios; `none` is the address of a BOM that is not there."""
    path, asked = "/v1/scenarios", {"countries": ["IDN"], "materials": ["nickel"], "top": 2}
    return [
        ("create_scenario", "bom", "Indonesia stops half its nickel; what that means for a BOM.",
         "POST", path, {"json": {**asked, "fraction": 0.5, "boms": [bom],
                         "stock": [{"material": "nickel", "mass_kg": 20}]}}),
        ("create_scenario", "newest-years", "Two countries stop; production of the newest year.",
         "POST", path, {"json": {"countries": ["COD", "CHN"], "materials": ["cobalt"], "top": 1,
                                 "stage": "extraction", "scopes": ["production"]}}),
        ("create_scenario", "invalid-input", "No such country.", "POST", path,
         {"json": {"countries": ["ZZZ"]}}),
        ("create_scenario", "not-found", "No such BOM.", "POST", path,
         {"json": {**asked, "boms": [none.rpartition("/")[2]]}}),
        ("create_scenario", "malformed-json", "A body that is not JSON.", "POST", path,
         {"data": b"{", "content_type": "application/json"}),
        ("create_scenario", "unsupported-media-type", "A form.", "POST", path,
         {"data": b"x", "content_type": "text/plain"}),
    ]  # fmt: skip


def of_methods():
    """Operation, name, summary, method, address and options of each."""
    return [
        ("list_methods", "first-page", "The first page.", "GET", "/v1/methods?limit=2", {}),
        ("list_methods", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/methods?cursor=x", {}),
        ("compare_methods", "two-methods", "The EU's supply risk and GeoPolRisk.", "GET",
         "/v1/methods/comparison?methods=eu-supply-risk-2023,geopolrisk", {}),
        ("compare_methods", "invalid-input", "No such method.", "GET",
         "/v1/methods/comparison?methods=astrology", {}),
        ("rank_materials", "riskiest", "The riskiest critical materials by GeoPolRisk.", "GET",
         "/v1/methods/geopolrisk?critical=true&limit=2", {}),
        ("rank_materials", "not-found", "No such method.", "GET", "/v1/methods/astrology", {}),
        ("rank_materials", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/methods/geopolrisk?cursor=x", {}),
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
        ("get_import_risk", "netherlands", "Cobalt for the Netherlands in 2024.",
         "GET", "/v1/materials/cobalt/import-risk?importer=NLD&year=2024", {}),
        ("get_import_risk", "not-held", "Germany's trade is not in the release.",
         "GET", "/v1/materials/cobalt/import-risk?importer=DEU", {}),
        ("get_import_risk", "not-found", "No such material.",
         "GET", f"{NOWHERE}/import-risk", {}),
        ("get_import_risk", "invalid-input", "The Union and a member of it.",
         "GET", "/v1/materials/cobalt/import-risk?importer=EU27,NLD", {}),
        ("assess_purchases", "two-origins", "Cobalt from the DRC, and from Finland, at home.",
         "POST", "/v1/materials/cobalt/import-risk", {"json": PURCHASES}),
        ("assess_purchases", "invalid-input", "Nothing is bought.",
         "POST", "/v1/materials/cobalt/import-risk", {"json": {"origins": []}}),
        ("assess_purchases", "not-found", "No such material.",
         "POST", f"{NOWHERE}/import-risk", {"json": PURCHASES}),
        ("get_indicators", "cobalt", "The eleven indicators of cobalt, explained.",
         "GET", "/v1/materials/cobalt/indicators?explain=true", {}),
        ("get_indicators", "not-found", "No such material.",
         "GET", f"{NOWHERE}/indicators", {}),
        ("get_indicators", "invalid-input", "Neither true nor false.",
         "GET", "/v1/materials/cobalt/indicators?explain=maybe", {}),
    ]  # fmt: skip
