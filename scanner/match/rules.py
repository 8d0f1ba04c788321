"""The words and figures by which evidence is weighed; everything else is in the release.

Confidence is the share of answers of that kind that we expect to be right: of the answers given
with 0.9, nine in ten. The figures are our own estimates and err on the low side: of the evidence on
the 989 lines of `benchmarks/recognition`, more is right in every bin than its figure says (0.8 to
0.9: 99 %, 0.9 to 1.0: 100 %). They are not raised to that, for those lines were seen when rules
were made; a test fails when a bin is less right than it says.
"""

import re
from types import MappingProxyType
from typing import Final

from scanner.core.lexicon import Ambiguity
from scanner.core.names import ClassId


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONFIDENCE: Final = MappingProxyType(
    {
        "cas_field": 0.99,  # a CAS number in its own column
        "cas_text": 0.95,  # a CAS number with a right check digit inside a text
        "substance_whole": 0.9,  # the text is the name of a substance and nothing else
        "designation": 0.95,  # a designation that only one alloy has
        "designation_short": 0.85,  # one of four characters or less, beside words of materials
        "naming": 0.85,  # the rules of a naming system, for a grade that nobody listed
        "designation_family": 0.75,  # several alloys of one family have it
        "commodity_code": 0.85,
        "class_phrase": 0.9,  # two or more words that name a class
        "class_word": 0.85,
        "class_low": 0.8,  # a word that now and then means something else
        "class_high": 0.5,  # a word that often does: counts only with other evidence
        "class_compound": 0.8,  # the last part of a Dutch or German compound
        "footprint": 0.8,  # the name of a land pattern
        "value": 0.5,  # a value with a unit (100nF)
        "designator": 0.55,  # letters of the reference designator
        "designator_unsure": 0.4,  # letters that stand for several classes
        "coating": 0.85,  # a material with a word of plating
        "wording": 0.8,  # a material named in the text
        "wording_high": 0.7,  # a word of many meanings, beside words of materials
        "material_field": 0.9,  # the material column says so
        "negation": 0.95,
    }
)
"""How sure each way of recognising is by itself."""

MPN_ELSEWHERE: Final = 0.85
"""A part number found outside its own column is this much less sure."""

MPN_OTHER_MAKER: Final = 0.85
"""A part number of a pattern that another maker is known for is this much less sure."""

CONTRADICTED: Final = 0.6
"""Evidence that other evidence contradicts keeps this much of its confidence."""

CEILING: Final = 0.99
"""Nothing read from a text is surer than this."""

ENOUGH: Final = 0.35
"""Below this a reading is not accepted as evidence."""

BELIEVED: Final = 0.6
"""A reading below this gives way to any above it, whatever its origin."""

CLEAR: Final = 0.15
"""Two readings whose confidence differs by less compete."""

CLASS_CONFIDENCE: Final = MappingProxyType(
    {
        Ambiguity.NONE: "class_word",
        Ambiguity.LOW: "class_low",
        Ambiguity.HIGH: "class_high",
    }
)

# Words after which a class names what the part is for and not what it is.
FOR: Final = _words("for voor fur fuer pour zu zum zur to into naar fits")
FOR_SHORT: Final = _words("f v z p bv tbv")
"""The same shortened, with a dot or stroke after it (``f. Motor``, ``t.b.v. magneet``)."""

OF_FRENCH: Final = _words("de du des d")
QUANTIFIERS_FRENCH: Final = _words(
    """
    jeu lot paire pack kit sachet rouleau bobine boite set bloc ensemble module serie
    """
)
JOINERS: Final = (
    "lijm", "kit", "kleber", "klebstoff", "glue", "adhesive", "colle", "sealant",
    "vet", "fett", "grease", "graisse", "anleitung", "handleiding", "gebruiksaanwijzing",
)  # fmt: skip
"""Ends of words for glues, greases and manuals: what is named after them is what they are for."""

NO_JOINERS: Final = _words("rivet velvet trivet")
"""Words that only end like one of `JOINERS`."""

WITH: Final = _words(
    """
    with met mit avec w incl including inclusief inkl mitsamt
    """
)
WITHOUT: Final = _words(
    """
    without zonder ohne sans no non not nicht niet geen kein keine keinen excl excluding exclusief
    exkl empty leere leeren lege vide dummy
    """
)
FREE: Final = _words(
    """
    free vrij vrije frei freie freies exempt
    """
)

CARRIERS: Final = _words(
    """
    holder holders bracket brackets mount mounting mounts housing housings socket sockets driver
    drivers controller controllers cover covers clip clips clamp clamps box case casing adapter
    adaptor adapters charger tester label labels sticker shield base protector shaft pulley lens
    tool spacer spacers insulator stand bag tray frame strap pad pads guard sleeve boot retainer
    compartment enclosure mat plate flange key keyway jig fixture grease oil kit dispenser hanger
    manual remover puller snap door lid mask bezel diffuser reflector pipe lightpipe coupling
    coupler hub rack pedestal houder houders beugel behuizing voet voetje deksel kap afdekking klem
    steun lader besturing regelaar sturing huis bus plaat halter halterung gehause sockel steuerung
    regler abdeckung deckel klemme trager ladegerat treiber fassung platte welle kupplung support
    boitier couvercle etrier chargeur pilote douille culot
    """
)
"""Words that take the part over from the class named before them (``motor bracket``)."""

CARRIERS_DESCRIBED: Final = _words(
    """
    heat wall dust end mounting protective front rear side top bottom carrying guide
    """
)
"""Words between a noun and the carrier that takes the part over (``catalyst heat shield``)."""

HEADS: Final = _words(
    """
    bracket holder cover capot cache couvercle etrier equerre porte kap deksel beugel steun houder
    halter halterung haube kappe deckel abdeckung konsole
    """
)
"""Carriers before a noun: what follows is what they are for (``capot moteur``)."""

HEAD_ENDS: Final = (
    "halter", "halterung", "houder", "haube", "deckel", "deksel", "kappe", "abdeckung",
    "afdekking", "konsole", "beugel", "steun", "schiene", "leergehause", "kap",
)  # fmt: skip
"""Ends of Dutch and German compounds that are such carriers (``Schutzhaube Motor``)."""

LAYER_AFTER: Final = _words(
    """
    plated plating coated coating electroplated flash finish clad gecoat bekleed coatings
    plattiert beschichtet beschichtung uberzug verguld laag schicht couche over
    """
)
"""Words of a thin layer that follow its material (``gold plated``)."""

LAYER_BEFORE: Final = _words(
    """
    plaque plaquee revetu revetement revetue over flash gal galv galvanisch elektrolytisch chem
    """
)
"""Words of a thin layer that precede its material (``plaqué or``, ``gal Zn``)."""

THIN: Final = re.compile(r"\d*(?:um|microns?|uin|microinch)")
"""A thickness of micrometres or microinches: what follows it is a layer (``5 µm Au``)."""

STRENGTHS: Final = frozenset(
    (
        ("4", "6"), ("4", "8"), ("5", "6"), ("5", "8"), ("6", "8"),
        ("8", "8"), ("9", "8"), ("10", "9"), ("12", "9"),
    )
)  # fmt: skip
"""Property classes of screws after ISO 898-1, as two words; zinc after one is its coating."""

LAYERED: Final = LAYER_AFTER | _words(
    """
    galvanised galvanized anodised anodized tinned passivated verguld vergulde verzilverd
    verzilverde vernikkeld vernikkelde verchroomd verchroomde vertind vertinde verzinkt verzinkte
    verzinkter verzinktes thermischverzinkt vzk vzkt elvz verz galzn bzp hdg vergoldet
    versilbert vernickelt verchromt verzinnt verkoperd verkoperde verkupfert verkupferte
    dore doree dorure argente argentee nickele nickelee chrome chromee etame etamee zingue zinguee
    verzingt gegalvaniseert galva galvanis verzinc verchr verchromt hartverchr chromed
    zincage zn5 zn8 zn12 zn25 1461
    """
)
"""Words that say themselves that something is a thin layer."""

MATERIAL_WORDS: Final = (
    _words(
        """
    alloy alloys metal metals oxide foil sheet plate wire rod bar tube powder ingot granulate
    target solder contacts contact pins electrode crucible disc billet strip pure material
    legering metaal folie plaat draad staaf buis poeder materiaal zuiver soldeer legierung metall
    blech draht stab rohr pulver werkstoff rein alliage tole fil barre poudre matiere pur um
    micron microns
    """
    )
    | LAYERED
    | LAYER_BEFORE
)
"""Words that speak of materials: they let a word of many meanings count beside them."""

STOCK: Final = _words(
    """
    alloy alloys sheet plate rod bar tube billet strip ingot steel brass bronze aluminium aluminum
    legering plaat staf buis staal messing brons legierung blech stab rohr stahl edelstahl werkstoff
    alliage tole barre acier laiton solder soldeer lot brazing welding lassen schweissdraht
    lasdraad schweisszusatz schweissstab lasstaaf tig wig mig casting gietstuk guss
    """
)
"""Words beside which a short name is one of an alloy (``A5052P sheet``)."""

COLOURS: Final = _words(
    """
    ral colour color paint painted powdercoat anodised anodized lacquer lacquered matt matte look
    kleur kleurig gelakt lak geanodiseerd grijs farbe farbig lackiert eloxiert grau couleur peint
    laque anodise gris
    """
)
"""Words beside which a metal's name is a colour."""

LOOK_AFTER: Final = _words(
    """
    look optik effect effekt imitation imitatie style stijl stil coloured colored farben farbig
    kleurig
    """
)
"""Words after a material that only say how a thing looks (``Alu-Optik``)."""

LOOK_BEFORE: Final = _words("aspect effet imitation imitatie simili facon")
"""Words before a material that only say how a thing looks (``aspect inox``)."""

PIPEWORK: Final = _words(
    """
    pipe tube tape wire cable profile rail rohr leitung draht profil buis leiding draad tuyau tube
    """
)
"""Forms that a holder may be for, and not made of (``copper pipe clip``)."""

STAINLESS: Final = _words(
    """
    aisi ss stainless inox rvs sus edelstahl acier roestvast roestvrij staal steel sst nr
    """
)
"""Words that announce a steel number such as ``304``."""

FILLINGS: Final = frozenset({"gen_lithium_grease"})
"""What a part is filled with and not made of: it adds to the part and replaces nothing."""

WHOLE_CLASSES: Final = frozenset({"mechanical_part", "magnet", "solder", "heatsink"})
"""Classes of things made of one material: an alloy's name says what the whole part is."""

VAGUE_CLASSES: Final = _words(
    """
    electronic_component passive semiconductor electromechanical mechanical_part energy_system
    mechanical_assembly consumable
    """
)
"""Roots of the class tree: to be of them is to be nothing in particular."""

FORMS: Final = _words(
    """
    blech bleche draht band folie rohr rohre stab stange pulver platte platten profil ring scheibe
    schraube mutter niet hulse buchse winkel block barren granulat litze geflecht guss druckguss
    kern schiene leiste kugel welle feder stift bolzen lackdraht gewebe rundstab flachstab target
    dose eimer kasten rinne gitter rost deckel haube rahmen trager griff hebel anode dichtung lager
    rolle gewicht kappe stopfen duse seil kette gehause rohling zuschnitt bak goot rooster deksel
    frame handgreep pakking gewicht dop ketting behuizing onderdeel dach dak tur deur schrank kast
    regal mast
    plaat platen draad buis buizen staf staven poeder strip profiel ringen bus bout moer schroef
    hoek blok korrel korrels gaas koker rail lat kogel veer pen nagel vel wol weefsel
    """
)
"""What things of one material are called at the end of a compound (``Kupferblech``)."""

MISSPELT: Final = 0.75
"""A word that is misspelt is this much less sure than the word that was meant."""

MADE_UP: Final = frozenset({"battery_pack"})
"""Classes that say how a thing is put together and not of what: a sibling says more."""

ALLOYING: Final = _words(
    """
    chromium vanadium molybdenum manganese cobalt niobium silicon_metal lead phosphorus zinc tin
    """
)
"""Materials that are added to another metal or laid on it: they replace no steel."""

EMPTY_CLASSES: Final = frozenset({"service", "document", "label"})
"""Classes that are no goods, or speak of some: materials named beside them are in nothing."""

OPENING: Final = _words(
    """
    drawing drawings zeichnung tekening plan plans dessin certificate certificaat zertifikat
    zeugnis certificat bescheinigung report rapport bericht protokoll attest kalibratie
    kalibrierung etalonnage firmware programmeren programmierung programmation werkszeugnis
    software eloxieren verzinken vernickeln verchromen pulverbeschichten harten brunieren
    sandstrahlen entgraten anodiseren vernikkelen poedercoaten harden nitreren stralen
    ontbramen galvaniseren anodisation sablage ebavurage plombage lasergravur lasergraveren apz
    """
)
"""Words of papers and services that are one only before all else (``Zeichnung 12 Welle``).

After a thing they belong to it: ``Welle Zeichnung 12``, ``bar 316L certificate 3.1``.
"""

CLOSING: Final = _words("service services dienst")
"""Words of services that are one only at the end (``helium leak test service``)."""

REFERRING: Final = _words(
    """
    see zie siehe voir selon suivant nach laut lt gem gemass volgens vlgs per acc to as conform naar
    """
)
"""Words before a paper that only refer to it (``siehe Zeichnung``)."""

METAL_CLASSES: Final = _words(
    """
    fastener_steel fastener_stainless shaft gear spring sheet_metal_steel insert_threaded
    plain_bearing heatsink bracket standoff enclosure cable_gland cable_tray din_rail
    pipe_fitting nameplate insert_wire welding_wire hose_clamp busbar clamp coupling flange
    hand_tool handle lead_screw profile_aluminium pulley machined_part laser_part cast_part
    forged_part rod_end clevis bearing_housing spherical_plain_bearing levelling_foot
    clamping_element clamp_ferrule grease_nipple tool_holder brake_disc
    welding_electrode stock wire_rope
    """
)
"""Classes that presume a metal; any other material that is named replaces it."""

SHAPED_CLASSES: Final = frozenset(
    {"machined_part", "laser_part", "cast_part", "forged_part", "sheet_metal_steel", "stock"}
)
"""Classes of what is bought by its material: a bare number beside one (``4140``) is a grade."""

DRIVEN: Final = MappingProxyType({"pump": "pump_electric"})
"""Machines that hold a motor where the text gives an electric power or voltage."""

ELECTRIC: Final = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?(?:[-/]\d+(?:[.,]\d+)?)?\s?(?:kW|W|V|VAC|VDC|V\s?AC|V\s?DC|V~)(?!\w)",
    re.IGNORECASE,
)
"""An electric power or voltage (``0,75 kW``, ``230/400V``)."""

POLYMERS: Final = _words(
    """
    nylon polyamide polyamid pa pa6 pa66 pom delrin ptfe teflon pe hdpe pp pvc abs petg pla peek
    pmma acryl acrylic polycarbonate polycarbonaat polycarbonat plastic plastics kunststof
    kunststoff plastique rubber gummi caoutchouc epdm nbr fkm viton silicone silicon silikon
    siliconen wood hout holz bois cork kurk foam schuim schaum felt vilt filz fibre fiber papier
    paper leather leer glas glass verre keramik keramiek keramisch keramische ceramic ceramique
    porselein porzellan mica glimmer vinyl polyester folie insulating isolerend isolierend isolant
    isolante iglidur igus igubal
    """
)
"""Words of materials that are no metal: a nylon washer holds no steel."""

POLYMER_ENDS: Final = (
    "glas", "glasrohr", "holz", "gummi", "kunststoff", "kunststof", "keramik", "schaum", "schuim",
    "leder", "rubber", "silikon", "isolierscheibe", "isolierbuchse", "isolatiebus",
    "glimmerscheibe",
)  # fmt: skip
"""Ends of Dutch and German compounds that say the same (``Borosilikatglas``)."""

DESIGNATORS_ALONE: Final = _words(
    """
    C R RN RV L FB D LED Q U IC J K F Y SW TVS FID
    """
)
"""Reference designators that are used alike everywhere; others need a second clue."""

DESIGNATORS_FIRM: Final = DESIGNATORS_ALONE | _words("P CN CON X")
"""Designators that deny what words or a land pattern say: ``P4 MOTOR`` is the name of a signal."""

COLOUR_OF: Final = _words("farbe kleur couleur colour color")
"""Words before the name of a colour, whatever else it names (``Farbe titan``)."""

PACKAGED: Final = ClassId("integrated_circuit")
"""What is in a package that only semiconductors have, where words say nothing nearer."""

NAMED_BY_FUNCTION: Final = _words(
    """
    switch encoder drive_electronics power_supply display_lcd touch_screen battery motor pump fuse
    circuit_breaker frequency_inverter led lamp thermocouple_sensor instrument pump_electric camera
    """
)
"""What the words of an integrated circuit's function name as well: in a package of semiconductors
(``motor driver TSSOP-16``, ``load switch SOT-23-5``) it is the circuit."""

UNRELATED_BELOW: Final = VAGUE_CLASSES - {"semiconductor"}
"""Classes that only these have in common contradict each other; one land pattern holds a
transistor as well as an integrated circuit."""
