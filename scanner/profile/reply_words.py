"""The sentences of replies, in Dutch and in English."""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {
    "question": "Your question: “{question}”",
    "number": "Number of your case: {number}",
    "both": "{name} is on the European Union's lists of strategic and of critical raw materials "
    "(Regulation (EU) 2024/1252){of} {ref}.",
    "critical": "{name} is on the European Union's list of critical raw materials (Regulation (EU) "
    "2024/1252){of} {ref}.",
    "strategic": "{name} is on the European Union's list of strategic raw materials (Regulation "
    "(EU) 2024/1252){of} {ref}.",
    "of": ", for: {qualifier}",
    "unlisted": "{name} is on neither of the European Union's lists of critical and strategic raw "
    "materials (Regulation (EU) 2024/1252).",
    "risk": "Its supply risk is {value} ({stage}, {year}) {ref}; the European Union calls a "
    "material critical from 1.0 if it is economically important, too.",
    "no_risk": "Its supply risk is not known. That does not mean that there is none.",
    "largest": "The largest supplier ({scope}, {stage}, {year}) is {country} with {share} {ref}.",
    "no_largest": "Who supplies most of it is not known.",
    "holds": "{name} holds, as far as we know:",
    "holds_nothing": "No raw material that we screen is known to be in {name}.",
    "line": "The text “{name}” is taken for: {target}. It then holds, as far as we know:",
    "line_bare": "The text “{name}” tells of these raw materials:",
    "line_nothing": "The text “{name}” is taken for: {target}. No raw material that we screen is "
    "known to be in it.",
    "line_unknown": "We do not recognise “{name}”. What is in it is unknown, which does not mean "
    "that it is free of risk.",
    "item": "- {name}: {presence}{fraction}{lists}; {risk}{ref}",
    "fraction": ", {fraction} by mass",
    "at_most": "at most {share}",
    "item_risk": "supply risk {value} ({year})",
    "item_no_risk": "supply risk not known",
    "list_both": ", critical and strategic",
    "list_critical": ", critical",
    "list_strategic": ", strategic",
    "only": " (listed as: {qualifier})",
    "supplies": "{name} supplies the world with, among others:",
    "supplied": "- {name}: {share} ({stage}, {year}) {ref}",
    "supplies_nothing": "No share of {name} in the world's supply of the materials that we screen "
    "is known. That does not mean that it supplies nothing.",
    "bom": "We recognised {recognised} of the {lines} lines of “{name}” (knowledge release "
    "{release}). What is not recognised is unknown, not free of risk. The materials with the "
    "highest supply risk come first:",
    "bom_nothing": "We recognised {recognised} of the {lines} lines of “{name}” (knowledge release "
    "{release}) and found no raw material that we screen. What is not recognised is unknown, not "
    "free of risk.",
    "more": "- and {number} more",
    "nothing": "Nothing was looked up yet.",
    "sources": "Sources:",
    "source": "[{number}] {publisher}{year}: {title}. {address}",
    "release": "All figures: knowledge release {id} of {date}.",
    "certain": "certain",
    "likely": "likely",
    "possible": "possible",
    "extraction": "mining",
    "processing": "processing",
    "global": "world",
    "eu_sourcing": "supply of the EU",
    "battery grade": "battery grade",
    "for permanent magnets": "for permanent magnets",
    "metal": "metal",
    "metallurgy grade": "metallurgy grade",
}
DUTCH: Final[Mapping[str, str]] = {
    "question": "Uw vraag: ‘{question}’",
    "number": "Nummer van uw vraag: {number}",
    "both": "{name} staat op de lijsten van strategische en van kritieke grondstoffen van de "
    "Europese Unie (Verordening (EU) 2024/1252){of} {ref}.",
    "critical": "{name} staat op de lijst van kritieke grondstoffen van de Europese Unie "
    "(Verordening (EU) 2024/1252){of} {ref}.",
    "strategic": "{name} staat op de lijst van strategische grondstoffen van de Europese Unie "
    "(Verordening (EU) 2024/1252){of} {ref}.",
    "of": ", voor: {qualifier}",
    "unlisted": "{name} staat niet op de lijsten van kritieke en strategische grondstoffen van de "
    "Europese Unie (Verordening (EU) 2024/1252).",
    "risk": "Het leveringsrisico is {value} ({stage}, {year}) {ref}; de Europese Unie noemt een "
    "grondstof kritiek vanaf 1,0 als die ook economisch belangrijk is.",
    "no_risk": "Het leveringsrisico is niet bekend. Dat betekent niet dat er geen risico is.",
    "largest": "De grootste leverancier ({scope}, {stage}, {year}) is {country} met {share} {ref}.",
    "no_largest": "Wie het meeste levert, is niet bekend.",
    "holds": "{name} bevat, voor zover wij weten:",
    "holds_nothing": "Van {name} is geen grondstof bekend die wij doorlichten.",
    "line": "De tekst ‘{name}’ lezen wij als: {target}. Daarin zit, voor zover wij weten:",
    "line_bare": "De tekst ‘{name}’ wijst op deze grondstoffen:",
    "line_nothing": "De tekst ‘{name}’ lezen wij als: {target}. Daarin is geen grondstof bekend "
    "die wij doorlichten.",
    "line_unknown": "Wij herkennen ‘{name}’ niet. Wat erin zit is onbekend; dat betekent niet dat "
    "het vrij van risico is.",
    "item": "- {name}: {presence}{fraction}{lists}; {risk}{ref}",
    "fraction": ", {fraction} van de massa",
    "at_most": "ten hoogste {share}",
    "item_risk": "leveringsrisico {value} ({year})",
    "item_no_risk": "leveringsrisico niet bekend",
    "list_both": ", kritiek en strategisch",
    "list_critical": ", kritiek",
    "list_strategic": ", strategisch",
    "only": " (op de lijst als: {qualifier})",
    "supplies": "{name} levert aan de wereld onder meer:",
    "supplied": "- {name}: {share} ({stage}, {year}) {ref}",
    "supplies_nothing": "Van {name} is geen aandeel bekend in de wereldwijde levering van de "
    "grondstoffen die wij doorlichten. Dat betekent niet dat het land niets levert.",
    "bom": "Wij herkenden {recognised} van de {lines} regels van ‘{name}’ (kennisuitgave "
    "{release}). Wat niet is herkend, is onbekend en niet vrij van risico. De grondstoffen met "
    "het hoogste leveringsrisico staan vooraan:",
    "bom_nothing": "Wij herkenden {recognised} van de {lines} regels van ‘{name}’ (kennisuitgave "
    "{release}) en vonden geen grondstof die wij doorlichten. Wat niet is herkend, is onbekend en "
    "niet vrij van risico.",
    "more": "- en nog {number}",
    "nothing": "Er is nog niets opgezocht.",
    "sources": "Bronnen:",
    "source": "[{number}] {publisher}{year}: {title}. {address}",
    "release": "Alle cijfers: kennisuitgave {id} van {date}.",
    "certain": "zeker",
    "likely": "waarschijnlijk",
    "possible": "mogelijk",
    "extraction": "winning",
    "processing": "verwerking",
    "global": "wereld",
    "eu_sourcing": "levering aan de EU",
    "battery grade": "batterijkwaliteit",
    "for permanent magnets": "voor permanente magneten",
    "metal": "metaal",
    "metallurgy grade": "metallurgische kwaliteit",
}
