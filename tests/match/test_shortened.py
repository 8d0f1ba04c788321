"""Words shortened with a full stop, and short words that count with one only."""

import pytest

from scanner.core.bom import Part
from scanner.core.evidence import RecognitionState


def targets(matcher, description):
    return {str(one.points_to) for one in matcher.recognise(Part(description=description)).evidence}


@pytest.mark.parametrize(
    ("description", "target"),
    [
        ("Kunststofft. 42,4x2", "alloy:gen_polymer"),
        ("Aluprof. 40x40 L=500", "class:profile_aluminium"),
        ("Unterlegsch. M8", "class:fastener_steel"),
        ("Transformat. 24V", "class:transformer"),
        ("Molybd. 0,5x100x100", "material:molybdenum"),
    ],
)
def test_a_word_with_a_full_stop_is_the_word_that_begins_so(release_matcher, description, target):
    assert target in targets(release_matcher, description)
    found = release_matcher.recognise(Part(description=description))
    assert any(one.text == description.split(".")[0] for one in found.evidence)


@pytest.mark.parametrize("description", ["Molybd 0,5", "Kond 3", "Schal. 12", "Max. 24V", "Magn."])
def test_without_a_full_stop_or_of_many_meanings_it_is_nothing(release_matcher, description):
    assert not {"material:molybdenum", "class:switch", "class:magnet"} & targets(
        release_matcher, description
    )


def test_very_short_words_need_their_full_stop(release_matcher):
    assert "class:relay" in targets(release_matcher, "Rel. 24VDC 2 Wechsl.")
    assert release_matcher.recognise(Part(description="Rel 24")).state is (
        RecognitionState.UNRECOGNISED
    )


def test_a_compound_with_a_slip_in_its_front_keeps_its_class(release_matcher):
    found = release_matcher.recognise(Part(description="Neodynmagnet Ring 20x10"))
    (one,) = [one for one in found.evidence if str(one.points_to) == "class:magnet_ndfeb"]
    assert one.rule.startswith("misspelt/")


@pytest.mark.parametrize(
    ("description", "never"),
    [
        ("Tungsten grey enamel", "material:tungsten"),
        ("Couvercle gris titane ABS", "material:titanium_metal"),
        ("Fa. Titan Werkzeug", "material:titanium_metal"),
        ("Titan X GPU board", "material:titanium_metal"),
        ("koperen rail niet vertind 30x5", "class:fastener_steel"),
        ("Molybdän-Blech 0,5", "class:sheet_metal_steel"),
        ("doré mat, poignée plastique", "material:gold"),
        ("TiN coated drill", "material:tin"),
        ("Schraube M5 verz. Chrom(VI)-frei", "material:chromium"),
        ("Wolfram-Inertgas Brenner", "material:tungsten"),
        ("Platin-Silikon Schlauch 8x12", "material:platinum"),
        ("chargeur de batterie lithium", "material:lithium"),
        ("LED-Profil Alu 2m", "class:led"),
    ],
)
def test_a_metal_that_is_a_colour_a_name_or_all_of_it(release_matcher, description, never):
    assert never not in targets(release_matcher, description)


@pytest.mark.parametrize(
    ("description", "target"),
    [
        ("Titan Rundstab 20 mm", "material:titanium_metal"),
        ("Wolfram Draht 0,2 grau", "material:tungsten"),
        ("koperen plaat niet vertind 3mm", "material:copper"),
        ("niet 4x10", "class:fastener_steel"),
        ("Molybdän-Blech 0,5", "material:molybdenum"),
        ("Barre de tungsten 4 mm", "material:tungsten"),
        ("tige de selle titane", "material:titanium_metal"),
        ("tin coated copper wire", "material:tin"),
        ("contact doré 1 µm", "material:gold"),
    ],
)
def test_what_only_looks_like_one_still_counts(release_matcher, description, target):
    assert target in targets(release_matcher, description)
