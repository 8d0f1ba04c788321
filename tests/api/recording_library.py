"""The recorded exchanges about the part library."""

IPC = b"""<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0">
  <BusinessInfo><Response date="2026-01-15"><SupplyCompany name="Makers"/></Response></BusinessInfo>
  <Product><ProductID itemName="Fuse" itemNumber="FU-5"><Amount value="0.5" UOM="g"/></ProductID>
    <MaterialInfo><HomogeneousMaterialList><HomogeneousMaterial name="Cap">
      <Amount value="0.2" UOM="g"/>
      <Substance name="Nickel"><SubstanceID identity="7440-02-0" authority="CAS"/>
        <Concentration value="4"/></Substance>
      <Substance name="Copper"><SubstanceID identity="7440-50-8" authority="CAS"/></Substance>
    </HomogeneousMaterial></HomogeneousMaterialList></MaterialInfo>
  </Product>
</MainDeclaration>"""


def of_library(app, token, none):
    """Exchanges about the part library, of the one part that a BOM names so."""
    found = app.test_client().get(
        "/v1/parts?text=own:kp-1001", headers={"Authorization": f"Bearer {token}"}
    )
    part, nowhere = f"/v1/parts/{found.json['items'][0]['id']}", none.replace("boms", "parts")
    wish = {"kind": "replace", "target": "alloy:ss_1_4404", "reason": "The drawing says so."}
    nickel = {"cas": "7440-02-0", "name": "Nickel", "fraction": 0.12}
    declaration = {"full": False, "substances": [nickel], "document": "MD-17"}
    table = "part_number;cas;amount;unit;basis;supplier\n{};7440-02-0;{};g;partial;Makers\n"
    csv, ndjson = {"content_type": "text/csv"}, {"content_type": "application/x-ndjson"}
    line = b'{"key":"own:x-1","decisions":[{"kind":"nothing","named":[],"contents":[],'
    line += b'"reason":"It is a label."}]}\n'
    return [
        ("list_parts", "first-page", "The first page.", "GET", "/v1/parts?limit=2", {}),
        ("list_parts", "invalid-input", "No such state.", "GET", "/v1/parts?state=odd", {}),
        ("get_part", "part", "A part that a BOM named.", "GET", part, {}),
        ("get_part", "not-found", "No such part.", "GET", nowhere, {}),
        ("list_review", "first-page", "What matters most.", "GET", "/v1/review?limit=1", {}),
        ("list_review", "invalid-input", "A cursor of somebody else's.", "GET",
         "/v1/review?cursor=x", {}),
        ("list_review", "not-found", "No such BOM.", "GET",
         f"/v1/review?bom={none.rpartition('/')[2]}", {}),
        ("decide", "replace", "It is another alloy.", "PUT", f"{part}/decision", {"json": wish}),
        ("decide", "invalid-input", "Taking materials away needs a reason.", "PUT",
         f"{part}/decision", {"json": {"kind": "nothing"}}),
        ("decide", "precondition-failed", "The part has changed.", "PUT", f"{part}/decision",
         {"json": wish, "headers": {"If-Match": '"0"'}}),
        ("decide", "not-found", "No such part.", "PUT", f"{nowhere}/decision", {"json": wish}),
        ("export_parts", "all", "What people said; here the first line.", "GET",
         "/v1/parts/export", {}),
        ("undo_decision", "undone", "What held before holds again.", "DELETE",
         f"{part}/decision", {}),
        ("undo_decision", "conflict", "There is none left.", "DELETE", f"{part}/decision", {}),
        ("declare_part", "partial", "There is nickel in it, and more.", "POST",
         f"{part}/declarations", {"json": declaration}),
        ("declare_part", "invalid-input", "A wrong check digit.", "POST", f"{part}/declarations",
         {"json": {"full": True, "substances": [{**nickel, "cas": "7440-02-1"}]}}),
        ("list_declarations", "all", "Those that hold.", "GET", f"{part}/declarations", {}),
        ("list_declarations", "not-found", "No such part.", "GET", f"{nowhere}/declarations", {}),
        ("withdraw_declaration", "withdrawn", "It holds no longer.", "DELETE",
         f"{part}/declarations/3", {}),
        ("withdraw_declaration", "not-found", "It holds no longer already.", "DELETE",
         f"{part}/declarations/3", {}),
        ("declare_parts", "table", "A table of one part.", "POST", "/v1/declarations",
         {"data": table.format("KP-1001", "4,5").encode(), **csv}),
        ("declare_parts", "ipc-1752a", "A declaration of the trade; one substance has no amount.",
         "POST", "/v1/declarations", {"data": IPC, "content_type": "application/xml"}),
        ("declare_parts", "unreadable-bom", "A declaration without substances.", "POST",
         "/v1/declarations", {"data": b"<MainDeclaration/>", "content_type": "application/xml"}),
        ("declare_parts", "invalid-input", "A row that does not fit.", "POST", "/v1/declarations",
         {"data": table.format("KP-1001", "some").encode(), **csv}),
        ("import_parts", "dry-run", "What the file would do.", "POST",
         "/v1/parts/import?dry_run=true", {"data": line, **ndjson}),
        ("import_parts", "invalid-input", "A row that does not fit.", "POST", "/v1/parts/import",
         {"data": b'{"key": "own:x-1", "colour": "red"}\n', **ndjson}),
    ]  # fmt: skip
