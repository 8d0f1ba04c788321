"""Words for stock in Dutch, English, German and French, without accents."""

import re
from enum import StrEnum


class Form(StrEnum):
    """What a piece of stock looks like across."""

    ROUND = "round"
    FLAT = "flat"
    SHEET = "sheet"
    SQUARE = "square"
    HEXAGON = "hexagon"
    TUBE = "tube"
    HOLLOW = "hollow"
    ANGLE = "angle"
    DISC = "disc"
    BLOCK = "block"
    RING = "ring"


_WORDS = {
    Form.HOLLOW: """
        koker kokerprofiel vierkante-buis rechthoekige-buis square-tube rectangular-tube
        box-section rhs shs vierkantrohr rechteckrohr tube-carre tube-rectangulaire
        """,
    Form.TUBE: """
        buis ronde-buis precisiebuis pijp tube round-tube pipe rohr rundrohr prazisionsrohr
        tube-rond
        """,
    Form.ANGLE: """
        hoekprofiel hoeklijn hoekstaal l-profiel angle-iron angle-bar angle l-profile
        winkelstahl winkelprofil winkel l-profil corniere
        """,
    Form.SQUARE: """
        vierkant vierkantstaf vierkantstaal vierkante-staf square-bar square vierkantstahl
        vierkantstab carre barre-carree fer-carre
        """,
    Form.HEXAGON: """
        zeskant zeskantstaf zeskantstaal hexagon-bar hexagonal-bar hex-bar hexagon hex sechskant
        sechskantstahl sechskantstab barre-hexagonale six-pans
        """,
    Form.FLAT: """
        strip platstaf platstaal flat-bar flat flachstahl flachstab flach fer-plat plat
        """,
    Form.SHEET: """
        plaat plaatmateriaal staalplaat sheet sheet-metal plate blech platte stahlblech grobblech
        feinblech tole plaque feuille folie foil
        """,
    Form.ROUND: """
        rond rondstaf rondstaal ronde-staf round-bar round-rod round rod rundstahl rundstab
        rundmaterial rund barre-ronde draad wire draht fil
        """,
    Form.DISC: "disc disk schijf schijfmagneet scheibe scheibenmagnet disque",
    Form.BLOCK: "block blok blokmagneet quader quadermagnet bloc",
    Form.RING: "ring ringmagneet ringmagnet anneau",
}

_OF_METAL = (
    "roestvaststaal|rvs|staal|stahl|edelstahl|steel|aluminium|alu|koper|kupfer|messing|brons|bronze"
    "|zink|lood|blei|titaan|titan|nikkel|nickel|zilver|silber|goud|gold|tin|zinn|tantaal|tantal"
    "|molybdeen|molybdan|wolfram|magnesium|zirkonium|platina|platin|palladium"
)
"""What a compound begins with (``koperplaat``, ``Edelstahlrohr``)."""

FORMS: tuple[tuple[str, re.Pattern[str], Form], ...] = tuple(
    (
        word.partition("-")[0],
        re.compile(rf"(?<![a-z])(?:{_OF_METAL})?{word.replace('-', '[ -]?')}(?![a-z])"),
        form,
    )
    for word, form in sorted(
        ((word, form) for form, words in _WORDS.items() for word in words.split()),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
"""For each word, the longest first, how it begins, its pattern, and the form that it names."""

MAGNETS = frozenset({"magneet", "magnet", "magneten", "magnets", "magnete", "aimant", "aimants"})
"""Words for what is one solid, a block or disc or ring of its sizes."""

_NEUTRAL = """
    bar staf stang stab stange barre profiel profile profil materiaal material mat massief solid
    vol voll massiv length lengte lang long longueur dik dikte thick thickness dicke breed breedte
    width breite wide hoog hoogte height hohe
    din en iso nen nf uni bs astm ral norm kwaliteit quality grade
    blank blankgetrokken getrokken koudgetrokken gewalst koudgewalst warmgewalst naadloos gelast
    gezaagd gepolijst geborsteld cold hot drawn rolled extruded seamless welded sawn polished
    brushed bright gezogen blankgezogen gewalzt kaltgewalzt warmgewalzt nahtlos geschweisst
    geschweist gesagt geschliffen poliert lamine etire soude sans soudure poli
    verzinkt thermisch galvanised galvanized zinc plated coated geanodiseerd anodised anodized
    eloxiert anodise vernikkeld vernickelt nickel
    staal steel stahl acier rvs inox edelstahl aluminium aluminum alu messing brass laiton koper
    copper kupfer cuivre brons bronze
    neodymium neodym neodyme ndfeb smco ferriet ferrite ferrit permanent
    mm cm stuk stuks stk pcs um
"""

NEUTRAL = frozenset(_NEUTRAL.split())
"""Words that do not change the shape."""
