"""Words beside which a metal is a colour or a name, or the pure metal that a thing is made of."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREYS: Final = _words("grey gray grau grijs gris blue blau blauw bleu")
"""Colours that are told apart by a metal before them (``tungsten grey``)."""

TOLD_BY: Final = _words(
    """
    tungsten titanium titan titaan titane silver silber zilver argent platinum platin cobalt kobalt
    nickel chrome gunmetal
    """
)
"""The metals that do so; ``Alu grau`` is a grey part of aluminium."""

FRENCH_COLOURS: Final = frozenset(
    (
        ("gris", "argent"), ("gris", "titane"), ("gris", "tungstene"), ("gris", "plomb"),
        ("gris", "platine"), ("bleu", "cobalt"), ("jaune", "or"), ("jaune", "cadmium"),
        ("blanc", "titane"), ("blanc", "argent"), ("rouge", "cuivre"), ("vert", "cuivre"),
    )
)  # fmt: skip
"""Names of colours with a metal in French."""

NAMING_METALS: Final = _words("gold silver platinum titanium titanium_metal cobalt palladium")
"""Metals after which products, firms and plans are called."""

CALLED: Final = _words(
    """
    fa firma fabr fabrikat fabricaat hersteller fabrikant merk marke marque brand make mfr
    leverancier lieferant fournisseur supplier model modell modele
    """
)
"""Words before a name (``Fa. Titan``)."""

CALLS: Final = _words(
    """
    gmbh bv nv inc ltd llc corp sarl sas industries systems group edition series serie line plan
    """
)
"""Words after a name (``Titan Industries``)."""

OF_NO_METAL: Final = frozenset(
    {"electronic_module", "power_supply", "plc", "hmi", "instrument", "ssd", "smartphone"}
)
"""Classes of devices that are not made of a metal of `NAMING_METALS`: there it is a name."""

PURE: Final = _words("molybdenum niobium cobalt vanadium chromium manganese")
PURE_FORMS: Final = _words(
    """
    blech draht band folie stab stange platte rohr sheet foil wire rod bar plate tube strip plaat
    draad staaf buis tole fil barre feuille plaque
    """
)
"""Beside one of these forms an alloying element is what the thing is made of."""

OF_OTHERS: Final = _words("batterie batteries accu accus pile piles aimant aimants electrode")
"""French words after *de* whose material is not that of the part (``chargeur de batterie Li``)."""

GILDED: Final = _words("dore doree dores dorees argente argentee argentes argentees")
SHEENS: Final = _words("peinture laque mat mate brillant brillante finition couleur bois papier")
"""French words beside which a thing is of the colour of gold or silver only."""

NITRIDE: Final = "TiN"
"""Titanium nitride, a hard layer, by its capitals; any other *tin* is the metal."""
