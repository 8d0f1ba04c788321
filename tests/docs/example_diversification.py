"""The worked example of the page of the room to diversify."""

from scanner.assess import diversification
from scanner.core.diversification import Standing
from scanner.core.names import Stage


def figures(engine):
    """The numbers of the example in the order of the text."""
    room = diversification.at_stage(engine.facts, "lithium", Stage.PROCESSING)
    shares = {one.share.country: one for one in (room.largest, *room.producers)}
    chile, argentina, australia = (shares[code] for code in ("CHL", "ARG", "AUS"))
    assert chile.standing is argentina.standing is Standing.AGREEMENT
    assert australia.standing is Standing.PARTNERSHIP
    three = [one.share.fraction for one in (chile, argentina, australia)]
    yield from (100 * shares["CHN"].share.fraction, float(room.year), room.outside)
    yield from (*three, room.unnamed, *three, room.friendly)
