"""The recorded exchanges about the cases of a help-desk."""


def of_cases(app, token, none):
    """Exchanges about one case, and about cases that are not there."""
    made = app.test_client().post(
        "/v1/cases",
        json={"question": "What is in a stainless steel pump?", "language": "en"},
        headers={"Authorization": f"Bearer {token}"},
    )
    case, nowhere = f"/v1/cases/{made.json['id']}", none.replace("boms", "cases")
    question = {"question": "Zit er kobalt in onze motor?", "contact": "Bo, 0612345678"}
    thing, steel = {"subject": "material", "id": "cobalt"}, {"subject": "alloy", "id": "1.4404"}
    text = {"text": "Calls back on Tuesday."}
    return [
        ("create_case", "question", "A question in Dutch.", "POST", "/v1/cases",
         {"json": question}),
        ("create_case", "invalid-input", "Nothing is asked.", "POST", "/v1/cases",
         {"json": {"question": " "}}),
        ("list_cases", "first-page", "The first page.", "GET", "/v1/cases?limit=1", {}),
        ("list_cases", "invalid-input", "No such state.", "GET", "/v1/cases?state=odd", {}),
        ("add_looked_up", "material", "A raw material.", "POST", f"{case}/looked-up",
         {"json": thing}),
        ("add_looked_up", "alloy", "An alloy by its number.", "POST", f"{case}/looked-up",
         {"json": steel}),
        ("add_looked_up", "invalid-input", "The release knows no such thing.", "POST",
         f"{case}/looked-up", {"json": {**thing, "id": "unobtainium"}}),
        ("add_looked_up", "not-found", "No such case.", "POST", f"{nowhere}/looked-up",
         {"json": thing}),
        ("get_case_reply", "english", "In the language of the case.", "GET", f"{case}/reply", {}),
        ("get_case_reply", "dutch", "In Dutch.", "GET", f"{case}/reply?language=nl", {}),
        ("get_case_reply", "invalid-input", "No such language.", "GET",
         f"{case}/reply?language=fr", {}),
        ("get_case_reply", "not-found", "No such case.", "GET", f"{nowhere}/reply", {}),
        ("forget_looked_up", "forgotten", "It is out of the case.", "DELETE",
         f"{case}/looked-up/1", {}),
        ("forget_looked_up", "not-found", "It is out already.", "DELETE", f"{case}/looked-up/1",
         {}),
        ("add_case_note", "note", "A note.", "POST", f"{case}/notes", {"json": text}),
        ("add_case_note", "not-found", "No such case.", "POST", f"{nowhere}/notes",
         {"json": text}),
        ("change_case", "waiting", "It waits for the caller.", "PATCH", case,
         {"json": {"state": "waiting"}}),
        ("change_case", "invalid-input", "A person who is not there.", "PATCH", case,
         {"json": {"assigned_to": made.json["id"]}}),
        ("change_case", "not-found", "No such case.", "PATCH", nowhere, {"json": {}}),
        ("get_case", "case", "With all that happened in it.", "GET", case, {}),
        ("get_case", "not-found", "No such case.", "GET", nowhere, {}),
        ("get_case_statistics", "all", "Of all cases.", "GET", "/v1/cases/statistics", {}),
        ("get_case_statistics", "invalid-input", "No year.", "GET",
         "/v1/cases/statistics?year=1", {}),
        ("delete_case", "deleted", "It is gone.", "DELETE", case, {}),
        ("delete_case", "not-found", "It is gone already.", "DELETE", case, {}),
    ]  # fmt: skip
