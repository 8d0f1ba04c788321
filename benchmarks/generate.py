"""A made-up BOM of any size: electronics and mechanics in four languages, on several levels."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

HEADINGS = (
    "Level", "Position", "Part number", "Description", "Quantity", "Unit", "Manufacturer",
    "Manufacturer part number", "Material", "Mass (g)", "Designators",
)  # fmt: skip
SEED = 20261125
DEPTH = 5
ASSEMBLY_SHARE = 0.05

_WORDS = {
    kind: words.split(" | ")
    for kind, words in {
        "mlcc": "Keramische condensator | Ceramic capacitor | Kerko | Condensateur céramique",
        "resistor": "Weerstand | Resistor | Widerstand | Résistance",
        "tantalum": "Tantaalcondensator | Tantalum capacitor | Tantalkondensator | Tantale CMS",
        "ic": "Microcontroller | Microcontroller | Mikrocontroller | Microcontrôleur",
        "led": "LED wit | White LED | LED weiß | LED blanche",
        "connector": "Connector verguld | Gold connector | Stecker vergoldet | Connecteur doré",
        "screw": "Cilinderkopschroef | Socket head screw | Zylinderschraube | Vis à tête",
        "bearing": "Groefkogellager | Ball bearing | Rillenkugellager | Roulement à billes",
        "shaft": "As | Shaft | Welle | Arbre",
        "housing": "Behuizing | Housing | Gehäuse | Carter",
        "seal": "Afdichting | Seal | Dichtung | Joint",
        "magnet": "Magneet | Magnet | Haftmagnet | Aimant",
        "unknown": "Set | Kit | Satz | Lot",
        "assembly": "Samenstelling | Assembly | Baugruppe | Sous-ensemble",
    }.items()
}
_STEELS = ("1.4301", "1.4404", "1.4571", "42CrMo4", "C45", "S235JR", "X20Cr13")
_LIGHT = ("EN AC-46000", "EN AW-6082", "EN AW-7075", "AZ91D", "EN AC-44300")
_ELECTRONIC = (
    "mlcc", "mlcc", "mlcc", "resistor", "resistor", "resistor",
    "ic", "tantalum", "led", "connector",
)  # fmt: skip
_MECHANICAL = ("screw", "screw", "bearing", "shaft", "housing", "seal", "magnet", "unknown")
_PREFIXES = {"mlcc": "C", "resistor": "R", "tantalum": "C", "ic": "U", "led": "D", "connector": "J"}


@dataclass(frozen=True, slots=True)
class MadePart:
    """One distinct part; `grams` as the file shows it, `prefix` of its designators."""

    number: str
    description: str
    maker: str
    maker_number: str
    material: str
    grams: str
    prefix: str


def parts(count: int, *, seed: int = SEED) -> list[MadePart]:
    """Distinct parts, the same for the same seed: six of ten electronic, the rest mechanical."""
    chance = random.Random(seed)
    return [_part(number, chance) for number in range(count)]


def rows(lines: int, distinct: int, *, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """Rows of a multi-level BOM below `HEADINGS`: one in twenty opens a sub-assembly.

    Sub-assemblies are taken in turn, so that none stands below itself.
    """
    chance = random.Random(seed)
    library = parts(distinct, seed=seed)
    assemblies, bought = library[: distinct // 20], library[distinct // 20 :]
    level, open_until, opened = 1, {1: lines}, 0
    for index in range(lines):
        while level > 1 and open_until[level] <= index:
            level -= 1
        if level < DEPTH and index + 1 < open_until[level] and chance.random() < ASSEMBLY_SHARE:
            yield _assembly_row(level, index, assemblies[opened % len(assemblies)])
            opened, level = opened + 1, level + 1
            open_until[level] = min(index + 2 + chance.randrange(40), open_until[level - 1])
        else:
            yield _part_row(level, index, chance.choice(bought), 1 + chance.randrange(8))


def write_csv(path: Path, lines: int, distinct: int) -> None:
    """A semicolon file in UTF-8 with the rows and their headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(rows(lines, distinct))


def write_xlsx(path: Path, lines: int, distinct: int) -> None:
    """A workbook of one sheet with the same rows; levels, quantities and masses are numbers."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("BOM")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows(lines, distinct), start=1):
            for column, text in enumerate(row):
                if not text:
                    continue
                if HEADINGS[column] in ("Level", "Quantity", "Mass (g)"):
                    sheet.write_number(number, column, float(text))
                else:
                    sheet.write_string(number, column, text)


def _part(number: int, chance: random.Random) -> MadePart:
    electronic = chance.random() < 0.6
    kind = chance.choice(_ELECTRONIC if electronic else _MECHANICAL)
    word = chance.choice(_WORDS[kind])
    own = f"{'E' if electronic else 'M'}-{100000 + number}"
    make = _electronic if electronic else _mechanical
    description, maker, maker_number, material, grams, prefix = make(kind, word, number, chance)
    return MadePart(own, description, maker, maker_number, material, grams, prefix)


def _electronic(kind: str, word: str, number: int, chance: random.Random) -> tuple[str, ...]:
    value = chance.choice(("10", "22", "47", "100", "220", "470"))
    head, tail = f"{number:05d}"[:2], f"{number:05d}"[2:]
    made = {
        "mlcc": (f"{word} {value} nF 50 V X7R 0603", "Murata", f"GRM188R71H{tail}KA{head}D"),
        "resistor": (f"{word} {value} kOhm 1% 0603", "Vishay", f"CRCW0603{head}{tail}FKEA"),
        "tantalum": (f"{word} {value} µF 16 V", "KEMET", f"T491D{tail}K016AT{head}"),
        "ic": (f"{word} 32 bit LQFP-64", "STMicroelectronics", f"STM32G{tail}R{head}T6"),
        "led": (f"{word} 0603", "Würth Elektronik", f"1500{head}{tail}"),
        "connector": (f"{word} {value}-polig", "Molex", f"43045-{head}{tail}"),
    }
    return (*made[kind], "", "", _PREFIXES[kind])


def _mechanical(kind: str, word: str, number: int, chance: random.Random) -> tuple[str, ...]:
    grams = f"{chance.uniform(0.5, 900):.2f}"
    material = {
        "screw": chance.choice(("A2-70", "A4-80", "8.8")),
        "bearing": "",
        "shaft": chance.choice(_STEELS),
        "housing": chance.choice(_LIGHT),
        "seal": chance.choice(("FKM 75", "NBR 70", "PTFE")),
        "magnet": chance.choice(("N42SH", "NdFeB N35", "ferrite")),
        "unknown": "",
    }[kind]
    size = f"{chance.randrange(3, 24)}x{number}"
    maker, maker_number = ("SKF", f"6{number:04d}-2RS") if kind == "bearing" else ("", "")
    return f"{word} {size}", maker, maker_number, material, grams, ""


def _part_row(level: int, index: int, part: MadePart, pieces: int) -> tuple[str, ...]:
    names = (f"{part.prefix}{index + offset}" for offset in range(pieces))
    return (
        str(level), str(10 * index), part.number, part.description, str(pieces), "pcs", part.maker,
        part.maker_number, part.material, part.grams, ",".join(names) if part.prefix else "",
    )  # fmt: skip


def _assembly_row(level: int, index: int, part: MadePart) -> tuple[str, ...]:
    word = _WORDS["assembly"][len(part.description) % 4]
    description = f"{word} {part.number}"
    return (
        str(level), str(10 * index), part.number, description, "2", "pcs", "", "", "", "", "",
    )  # fmt: skip


def misspelt_words(known: Sequence[str], number: int, *, seed: int = 20261125) -> list[str]:
    """So many of the known words, each with one letter left out and one doubled or swapped."""
    chance = random.Random(seed)
    words = []
    for word in chance.choices(known, k=number):
        place = chance.randrange(1, len(word) - 1)
        shorter = word[:place] + word[place + 1 :]
        place = chance.randrange(1, len(shorter) - 1)
        words.append(shorter[:place] + shorter[place] + shorter[place:])
    return words
