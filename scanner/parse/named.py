"""Names that people give to fields of a drawing, taken as headings of a table are."""

from scanner.parse import designators
from scanner.parse.headings import FIELDS, recognise


def take(record: dict[str, object], name: str, text: str) -> None:
    """Set the field that a name stands for, where it stands for one that is not set yet."""
    text = text.strip()
    field = recognise(name).field if name and text else None
    field = "material" if field == "material?" else field
    if field == "not_fitted":
        if not designators.is_fitted(text, heading_negates=True):
            record["fitted"] = "no"
    elif field == "fitted":
        if not designators.is_fitted(text, heading_negates=False):
            record["fitted"] = "no"
    elif field == "name":
        record.setdefault("description", text)
    elif field in FIELDS:
        record.setdefault(field, text)
