"""The names that people give to the columns of a BOM, in English, Dutch, German and French.

One table of headings per field. A few names mean different things in different files (`Item`,
`Reference`, `Part`); they stand under a kind that ends in a question mark and the content of the
column decides (see `columns`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from scanner.parse.money import currency_of, without_money

FIELDS = (
    "position", "level", "parent", "part_number", "description", "quantity", "unit", "maker",
    "maker_number", "value", "footprint", "designators", "material", "finish", "mass_g",
    "mass_line_g", "commodity_code", "origin", "cas", "supplier", "price", "price_line",
    "price_per", "currency", "fitted", "remarks", "id",
)  # fmt: skip
"""Every field that a column or a JSON key can carry."""

IDENTITY = (
    "part_number", "maker_number", "description", "value", "designators", "material", "footprint",
    "cas",
)  # fmt: skip
"""The fields that can say what a line is."""

_NAMES: dict[str, str] = {
    "position": """pos|position|posnr|pos nr|positie|positienr|positionsnummer|line nr|line|
        line item|find nr|seq|sequence|seq nr|row|rij|regel|regelnr|zeile|zeilennr|ligne|lfd nr|
        laufende nr|volgnummer|volgnr|repere|rep|nr crt|bom line|find number|ordinal|
        index|item sequence|stt|item nr|item id|#""",
    "level": """level|bom level|lvl|niveau|ebene|stufe|stucklistenstufe|bom niveau|structure level|
        indent level|depth|hierarchy level|hierarchieebene|outline level|outline|strukturstufe|
        gliederungsstufe|rang|dispositionsstufe|structure|struktur|indent|bom ebene""",
    "parent": """parent|itemcode samenstelling|samenstelling code|artikelcode samenstelling|
        kopfmaterial nr|parent part|parent part number|parent nr|parent item|parent id|
        parent assembly|assembly|part of assembly|belongs to|ouder|bovenliggend|
        bovenliggend artikel|hoofdartikel|samenstelling|baugruppe|ubergeordnet|
        ubergeordnete baugruppe|oberteil|kopfmaterial|vater|parent position|sous ensemble|
        ensemble parent|article parent|ensemble|next higher assembly|nha|higher level assembly|
        used in|where used|subsystem|reference compose|code compose""",
    "part_number": """part number|itemcode|itemnr|itemnummer|
        partnumber|part nr|part id|p n|pn|item code|
        part code|product code|product number|article|article number|article code|art nr|
        artikel|artikelnummer|artikel nr|artikelcode|artnr|sachnummer|teilenummer|teile nr|
        teil nr|identnummer|ident nr|materialnummer|material nr|mat nr|zeichnungsnummer|
        zeichnungs nr|tekeningnummer|tekening nr|drawing number|drawing nr|onderdeelnummer|
        onderdeel nr|code article|reference article|ref article|numero article|numero de piece|
        internal part number|company part number|our part number|ipn|
        part ipn|internal pn|stock code|
        sku|code|catalog number|catalogue number|component number|komponentennummer|
        komponente|bauteilnummer|bauteil nr|productcode|productnummer|stuknummer|
        item part number|part no|erp number|sap number|stock number|code produit|
        bestellnummer intern|ma so|component part|component part number|cpn|reference composant|
        code composant""",
    "description": """description|substance|substance name|stof|stofnaam|stoff|stoffname|
        itemomschrijving|omschrijving artikel|desc|descr|omschrijving|omschr|artikelomschrijving|
        productomschrijving|beschrijving|benaming|bezeichnung|benennung|beschreibung|
        artikelbezeichnung|teilebezeichnung|objektkurztext|materialkurztext|kurztext|
        materialbezeichnung|libelle|description de l article|descriptif|intitule|
        part description|item description|product description|component description|
        long description|short description|specification|specifications|spec|spezifikation|
        specificatie|technical description|text|details|component name|article description|
        descriere|descrizione|nazwa|ten goi|denumire|descripcion|kurzbezeichnung|positionstext""",
    "quantity": """quantity|qty|qnty|qte|quantite|aantal|hoeveelheid|menge|anzahl|stuckzahl|
        stuckliste menge|amount|count|qty per|qty per unit|quantity per|quantity per unit|
        qty per assembly|quantity per assembly|qty per pcb|quantity per pcb|qty per board|
        qty board|bom qty|bom quantity|part quantity|qty items|qty needed|quantity needed|
        required quantity|quantity required|qty required|qty req|number required|
        parts required|nombre|nb|aantal per|aantal stuks|benodigd|benodigd aantal|stuks|
        kwantiteit|anzahl benotigt|komponentenmenge|einsatzmenge|bedarf|stk|units|qty units|
        quantity units|unit quantity|ilosc|cantitate|so luong|数量|cantidad|quantita|menge stk|
        pcs|pieces|qpa|qty pcs|req parts|number parts|nr parts""",
    "unit": """unit|units of measure|unit of measure|uom|um|u m|eenheid|eenh|einheit|me|
        mengeneinheit|basismengeneinheit|bme|unite|unite de mesure|measure unit|qty unit|
        quantity unit|unit measure|don vi|ehd|quantity uom|qty uom|unit code""",
    "maker": """manufacturer|manufacturer name|manufactuer|maker|mfr|mfg|mf|mfgr|manf|manu|
        mfr name|mfg name|fabrikant|producent|merk|hersteller|herstellername|fabricant|
        constructeur|marque|brand|make|manufacturer 1|producer|produttore|producator|
        fabricante|vendor manufacturer|company|hang san xuat""",
    "maker_number": """mpn|manufacturer part number|manufacturer part|manufacturers part number|
        manufacturer part nr|manufacturer pn|manufacturer number|manufacturer code|
        mfr part number|mfr part nr|mfr part|mfr pn|mfr nr|mfg part number|mfg part nr|
        mfg part|mfg pn|mfg nr|mfgr part nr|manf part nr|manf nr|manf part|manf pn|
        manu part nr|mf nr|mfr number|fabrikantnummer|fabrikantcode|fabrikant artikelnummer|
        artikelnummer fabrikant|typenummer fabrikant|
        manufacturer 1 mpn|herstellernummer|hersteller nr|
        herstellerteilenummer|hersteller teilenummer|hersteller artikelnummer|
        herstellerartikelnummer|hersteller bestellnummer|herstellertyp|htn|
        reference fabricant|ref fabricant|reference constructeur|numero fabricant|
        manufacturer reference|mpn 1|maker part number|maker number|order code manufacturer|
        manufacturer model|manufacturer order code|lieferantentyp""",
    "value": """value|val|waarde|wert|valeur|comment|nominal value|component value|
        bauteilwert|valoare|valor|rating""",
    "footprint": """footprint|package|case|gehause|bauform|boitier|behuizing|pcb footprint|
        package footprint|package case|case package|jlcpcb footprint|empreinte|land pattern|
        capsula|encapsulado""",
    "designators": """designator|designators|reference designator|reference designators|
        ref designator|ref designators|refdes|ref des|part reference|part references|
        references|componentaanduiding|referenzen|bestuckungsposition|bauteilreferenz|
        reference s|reperes|repere topologique|schematic reference|schematic label|
        pcb designator|pcb designators|references topologiques|identifier|refs|
        bezeichner|circuit reference|component reference|location designator|
        mount names|mountnames""",
    "material": """werkstoff|werkstoffe|werkstoffbezeichnung|materiaal|matiere|matieres|materiau|
        materiaux|raw material|grondstof|base material|grundmaterial|rohmaterial|alloy|
        legierung|legering|alliage|werkstoffnummer|material grade|materiaalsoort|
        material specification|material spec|material description|kwaliteit|nuance|
        material type|rohstoff|halbzeug|materialgute|werkstoff nr""",
    "finish": """finish|surface|surface finish|surface treatment|coating|plating|oppervlak|
        oppervlaktebehandeling|afwerking|behandeling|coating finish|oberflache|
        oberflachenbehandlung|beschichtung|finition|traitement|traitement de surface|
        revetement|etat de surface|treatment|oberflachenschutz|nabehandeling""",
    "mass_g": """mass|weight|unit mass|unit weight|mass per piece|weight per piece|
        mass per unit|weight per unit|massa|gewicht|stuksgewicht|gewicht per stuk|
        massa per stuk|masse|einzelgewicht|stuckgewicht|einzelmasse|gewicht pro stuck|
        gewicht je stuck|poids|poids unitaire|masse unitaire|net weight|nettogewicht|
        netto gewicht|poids net|part weight|part mass|mass each|weight each|eigengewicht""",
    "mass_line_g": """total mass|total weight|mass total|weight total|line mass|line weight|
        totaalgewicht|totaal gewicht|gewicht totaal|totale massa|gesamtgewicht|gesamtmasse|
        gewicht gesamt|masse gesamt|gesamt gewicht|poids total|masse totale|extended weight|
        extended mass|regelgewicht|total poids|positionsgewicht|summe gewicht""",
    "commodity_code": """hs code|hs|hscode|cn code|commodity code|customs code|customs tariff|
        customs tariff number|tariff code|tariff number|taric|taric code|hts|hts code|
        hts number|htsus|schedule b|gn code|goederencode|statistieknummer|douanecode|
        tariefcode|zolltarifnummer|zolltarif nr|warennummer|warentarifnummer|ztn|
        statistische warennummer|warencode|code douanier|nomenclature douaniere|code sh|
        code nc|code tarifaire|intrastat code|intrastat|harmonized code|harmonised code""",
    "origin": """country of origin|origin|coo|origin country|land van herkomst|
        land van oorsprong|herkomst|oorsprong|oorsprongsland|herkomstland|ursprungsland|
        ursprung|herkunftsland|herkunft|pays d origine|origine|pays origine|made in|
        country of manufacture|country""",
    "cas": """cas|cas nr|cas number|cas rn|cas registry number|cas nummer|numero cas|cas code""",
    "supplier": """supplier|supplier name|vendor|vendor name|distributor|leverancier|
        toeleverancier|lieferant|lieferantenname|fournisseur|einkauf|provider|reseller|
        distributeur|source|location|fournisseur et ref|shop|supplier 1|vendor 1""",
    "price": """price|unit price|unit cost|cost|prijs|stuksprijs|prijs per stuk|kostprijs|
        inkoopprijs|preis|einzelpreis|stuckpreis|prix|prix unitaire|cout|cost per unit|
        price each|cena|pret|prijs per eenheid|ek preis|cost each|kosten|price per unit|
        price per piece|netto prijs|nettoprijs|nettopreis|bruttoprijs|inkoopsprijs|
        vaste verrekenprijs|vvp|standaardprijs|standardpreis|standard cost|standard price|
        verrechnungspreis|einkaufspreis|purchase price|net price|list price|prijs stuk|
        preis pro stuck|preis je stuck|cout unitaire|prix d achat|prix net|last cost|
        average cost|avg cost|p u|pu ht|prix unitaire ht""",
    "price_line": """total cost|total price|totaalprijs|gesamtpreis|prix total|extended price|
        extended cost|subtotal|total project cost|total purchase cost|line cost|line total|
        line price|regelprijs|regeltotaal|regelbedrag|totaalbedrag|positionspreis|
        positionswert|gesamtwert|gesamtbetrag|montant|montant ht|montant total|cout total|
        ext price|ext cost|prix total ht|price total|cost total|totale prijs|betrag|bedrag""",
    "price_per": """preiseinheit|prijseenheid|peinh|pricing unit|price per qty|unite de prix|
        prijs per aantal|kalkulationseinheit""",
    "price_per?": "price unit|pe|per",
    "currency": """currency|valuta|munteenheid|wahrung|devise|monnaie|cur""",
    "fitted": """fitted|populated|populate|mounted|mount|placed|place|assemble|assembled|
        bestukt|te bestukken|bestukken|geplaatst|plaatsen|bestuckt|bestucken|bestuckung|monte|
        a monter|montage|place yes no|in bom|fit|stuffed""",
    "not_fitted": """dnp|dnf|dni|dns|do not populate|do not place|do not fit|do not install|
        do not stuff|do not mount|not fitted|not populated|not mounted|no fit|niet bestukt|
        niet bestukken|niet geplaatst|niet plaatsen|nicht bestuckt|nicht bestucken|non monte|
        ne pas monter|non place|unbestuckt|exclude|exclude from bom|excluded""",
    "remarks": """remarks|remark|notes|note|opmerking|opmerkingen|toelichting|bemerkung|
        bemerkungen|anmerkung|anmerkungen|hinweis|notiz|commentaire|commentaires|remarque|
        remarques|comments|note s|toelichtingen|observations|info""",
    "item?": """item|items|id|nr|number|n|component|components|bauteil|componenten|teil|
        onderdeel|composant|piece|pieces detachees|element""",
    "part?": """part|parts|names|location id|designation|designation s""",
    "reference?": """reference|ref|referentie|referenz""",
    "material?": """material|mat""",
    "name": """name|part name|item name|product name|naam|artikelnaam|onderdeelnaam|title|titel|
        product|produkt|nom|designation de la piece|nom de la piece|model|type|typ|
        modele|file name|object name|type number|typenummer|typbezeichnung|component type|
        typeaanduiding""",
    "spare": """device|library part|part library|symbol|libpart""",
    "ignored": """datasheet|data sheet|link|url|links|website|category|categorie|kategorie|
        kategory|class|group|groep|gruppe|status|revision|rev|revisie|version|versie|stock|
        on stock|voorraad|lagerbestand|lead time|levertijd|lieferzeit|delai|supplier part|
        supplier part number|supplier part nr|supplier pn|supplier number|vendor part number|
        vendor part nr|distributor part number|lieferantenartikelnummer|order code|
        order number|bestelnummer|bestellnummer|bestelcode|artikelnummer leverancier|
        leveranciersnummer|reference fournisseur|ref fournisseur|digikey|digi key|mouser|
        farnell|newark|rs|lcsc|lcsc part|jlcpcb part|oc farnell|oc newark|prod id|moq|
        package quantity|pack size|min order qty|minimum order quantity|example item|image|
        picture|photo|drawing|tekening|zeichnung|plan|library|sheet|rotation|layer|mid x|mid y|
        tolerance|tolerantie|toleranz|voltage|length|width|height|lengte|breedte|hoogte|lange|
        breite|hohe|longueur|largeur|hauteur|dimensions|afmetingen|abmessungen|size|maat|date|
        datum|alternative|alternatives|alternate|attributes|rohs|reach|lifecycle|make buy|
        make or buy|bom structure|phantom|operation|werk|plant|lagerort|standard|norm|norme|
        scrap""",
}

_OTHER_WORDS = frozenset(
    [
        "price",
        "cost",
        "prijs",
        "preis",
        "prix",
        "kosten",
        "cout",
        "stock",
        "available",
        "order",
        "ordered",
        "bestelled",
        "bestellt",
        "bestellen",
        "bestelt",
        "bestel",
        "moq",
        "min",
        "minimum",
        "lead",
        "time",
        "date",
        "datum",
        "link",
        "url",
        "status",
        "revision",
        "rev",
        "supplier",
        "vendor",
        "distributor",
        "leverancier",
        "lieferant",
        "fournisseur",
        "scrap",
        "tolerance",
        "batch",
        "file",
        "image",
        "total",
        "tot",
        "gesamt",
        "totaal",
        "count",
        "of",
    ]
)
"""Words that change the meaning of a known name beside them (`Qty ordered`, `Part status`)."""

_SUMS = frozenset(
    ["total", "totaal", "totale", "gesamt", "summe", "som", "somme", "amount", "value", "waarde",
     "wert", "valeur", "ext", "extended"]
)  # fmt: skip
_SINGLE = frozenset(
    ["stuk", "stuck", "st", "piece", "pc", "each", "ea", "unit", "unitaire", "per stuk",
     "per piece", "pro stuck"]
)  # fmt: skip
"""What a sum of money and the price of a piece are called beside a currency."""

_WEAKER = frozenset(["part id"])
"""Numbers that a program gives: where another column has the one that people use, that counts."""

_NUMBER_WORDS = frozenset(["no", "nr", "num", "number", "nummer", "numero", "nrs"])
_BRACKETS = re.compile(r"[\[({](?P<inside>[^\])}]*)[\])}]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMPOUND = re.compile(r"\b(\w{3,}?)(?:nummer|number|nr)\b")
_NOT_WORD = re.compile(r"[\W_]+")
_TAIL_UNIT = re.compile(r"(?:\bin|/|,)\s*(?P<unit>mg|g|gr|gram|grams|kg|lbs?|oz)\.?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading means: field or kind (``None`` if unknown), confidence 0..1, its unit."""

    field: str | None
    confidence: float
    unit: str | None = None


def normalise(text: str) -> str:
    """The heading in lower case without accents, punctuation, brackets and line breaks."""
    plain = _CAMEL.sub(" ", _BRACKETS.sub(" ", text)).replace("#", " nr ")
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()
    bare = _COMPOUND.sub(r"\1 nr", bare)
    words = _NOT_WORD.sub(" ", bare).split()
    return " ".join("nr" if word in _NUMBER_WORDS else word for word in words)


def _compile(names: dict[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for field, spelled in names.items():
        for name in spelled.split("|"):
            table.setdefault(normalise(name), field)
    return table


_TABLE = _compile(_NAMES)


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Heading:
    """The meaning of one heading cell, by the exact name first, then by its parts."""
    if not heading or len(heading) > 120:
        return Heading(None, 0.0)
    if (money := _of_money(heading)) is not None:
        return Heading(money, 1.0)
    unit = _unit(heading)
    whole = _TAIL_UNIT.sub("", heading) if unit else heading
    known = _lookup(normalise(whole)) or _lookup_parts(heading)
    if known is None:
        return Heading(None, 0.0, unit)
    return Heading(known[0], known[1], unit)


def _of_money(heading: str) -> str | None:
    """What a heading that names a currency, or a number of pieces, means in money."""
    bare = without_money(heading)
    if bare == heading.strip():
        return None
    name = normalise(bare)
    known = _TABLE.get(name)
    if known in ("price", "price_line"):
        return known
    if currency_of(heading) is None:
        return None
    if name in _SUMS:
        return "price_line"
    return "price" if name in _SINGLE else None


def _unit(heading: str) -> str | None:
    bracket = _BRACKETS.search(heading)
    if bracket:
        return bracket["inside"].strip() or None
    tail = _TAIL_UNIT.search(heading)
    return tail["unit"] if tail else None


def _lookup(name: str) -> tuple[str, float] | None:
    if name in _TABLE:
        unsure = 0.9 if name in _WEAKER else 1.0
        return _TABLE[name], 0.7 if _TABLE[name].endswith("?") else unsure
    bare = name.rstrip("0123456789 ")
    if bare != name and bare in _TABLE and name.endswith(" 1"):
        return _TABLE[bare], 0.9
    words = name.split()
    if any(word in _OTHER_WORDS or word.isdecimal() for word in words):
        return None
    for size in range(len(words) - 1, 0, -1):
        for phrase in (" ".join(words[:size]), " ".join(words[-size:])):
            if _TABLE.get(phrase, "?")[-1] != "?":
                return _TABLE[phrase], 0.6
    return None


def _lookup_parts(heading: str) -> tuple[str, float] | None:
    """Bilingual headings: `Menge / Quantity`, or two lines in one cell."""
    for piece in re.split(r"[\n\r/|]+", heading):
        name = normalise(piece)
        if _TABLE.get(name, "?")[-1] != "?":
            return _TABLE[name], 0.9
    return None
