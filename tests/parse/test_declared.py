"""Material declarations of the trade, each read to what `*.expected.json` says of it."""

import io
import json
import sys
from pathlib import Path

import pytest

from scanner.core.errors import UnreadableBom, UnsupportedType
from scanner.parse.declared import read_declarations

FILES = Path(__file__).with_name("files") / "declared"
EXPECTED = ".expected.json"
NAMES = sorted(one.name for one in FILES.iterdir() if not one.name.endswith(EXPECTED))


def read(text):
    return read_declarations(io.BytesIO(text.encode()))


def reading(path):
    with path.open("rb") as file:
        found = read_declarations(file)
    return {
        "products": [told(one) for one in found.products],
        "left_out": [f"{one.row} {one.name}: {one.reason}" for one in found.left_out],
    }


def told(product):
    part, declaration = product.part, product.declaration
    return {
        "row": product.row,
        "part": [part.number, part.maker, part.maker_number, part.description],
        "document": [declaration.supplier, declaration.document, declaration.issued],
        "full": declaration.full,
        "unit_mass_g": declaration.unit_mass_g,
        "substances": {one.cas: [one.name, one.mass_g] for one in declaration.substances},
    }


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return list(map(rounded, value)) if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
def test_every_declaration_is_read_as_expected(name):
    expected = json.loads((FILES / f"{name}{EXPECTED}").read_text())
    assert rounded(reading(FILES / name)) == expected


SUBSTANCE = (
    '<Substance name="Cobalt"><SubstanceID identity="7440-48-4" authority="CAS"/>{}</Substance>'
)
PRODUCT = (
    '<MainDeclaration><Product><ProductID itemNumber="X-1"><Amount value="10" UOM="g"/></ProductID>'
    "<MaterialInfo>{}</MaterialInfo></Product></MainDeclaration>"
)


@pytest.mark.parametrize(
    ("amount", "grams"),
    [
        ('<Amount value="2" UOM="g"/>', 2.0), ('<Amount value="2" UOM="mg"/>', 0.002),
        ('<Amount value="0.001" UOM="kg"/>', 1.0), ('<Amount value="500" UOM="ppm"/>', 0.005),
        ('<Amount value="20" UOM="massPercent"/>', 2.0), ('<Concentration value="15"/>', 1.5),
    ],
)  # fmt: skip
def test_every_unit_is_grams_in_one_piece(amount, grams):
    (product,), left_out = read(PRODUCT.format(SUBSTANCE.format(amount)))
    (substance,) = product.declaration.substances
    assert substance.mass_g == pytest.approx(grams)
    assert not left_out


@pytest.mark.parametrize(
    "amount", ["", '<Amount value="2"/>', '<Amount value="x" UOM="g"/>',
               '<Amount value="-1" UOM="g"/>', '<Amount value="inf" UOM="g"/>',
               '<Amount value="2" UOM="furlong"/>'],
)  # fmt: skip
def test_what_has_no_amount_is_no_declaration(amount):
    with pytest.raises(UnreadableBom, match="no substance with a CAS number and a mass") as caught:
        read(PRODUCT.format(SUBSTANCE.format(amount)))
    assert caught.value.advice


def test_rounding_beyond_the_mass_of_the_product_is_forgiven_and_more_is_told():
    (product,), _ = read(PRODUCT.format(SUBSTANCE.format('<Amount value="10.1" UOM="g"/>')))
    assert product.declaration.full
    assert product.declaration.unit_mass_g == 10.1
    (product,), _ = read(PRODUCT.format(SUBSTANCE.format('<Amount value="11" UOM="g"/>')))
    assert product.declaration.unit_mass_g == 10.0


def test_other_documents_are_refused():
    with pytest.raises(UnsupportedType):
        read("<export/>")
    with pytest.raises(UnreadableBom):
        read("<Main><Product><ProductID identifier='X'/></Product></Main>")


if __name__ == "__main__":
    for given in NAMES if sys.argv[1:] == ["all"] else sys.argv[1:]:
        text = json.dumps(rounded(reading(FILES / given)), indent=1, ensure_ascii=False)
        (FILES / f"{given}{EXPECTED}").write_text(text + "\n")
