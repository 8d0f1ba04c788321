"""What holds on a day follows from printed dates, and is unknown where they say nothing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.restrictions import Reported, State, Timeline, first_day, last_day


def timeline(
    start=None, end=None, suspended=(None, None), reported=Reported.IN_FORCE, as_of="2026-04-17"
):
    return Timeline(start, end, *suspended, reported, as_of)


NEVER_APPLIED = timeline(
    "2025-11-08", suspended=("2025-11-07", "2026-11-10"), reported=Reported.SUSPENDED
)
PAUSED = timeline("2024-12-03", suspended=("2025-11-09", "2026-11-27"), reported=Reported.SUSPENDED)
TO_THE_MONTH = timeline("2023-08")
OVER = timeline("2025-02", end="2025-10-15", reported=Reported.ENDED)
PLANNED = timeline("2029", reported=Reported.ANNOUNCED)
WITHOUT_START = timeline(as_of="2019-09-12")
UNCLEAR = timeline(reported=Reported.UNCLEAR)
UNDATED_PLAN = timeline(reported=Reported.ANNOUNCED, as_of="2023-10-24")


@pytest.mark.parametrize(
    ("found", "day", "state"),
    [
        (NEVER_APPLIED, "2025-11-06", State.NOT_YET),
        (NEVER_APPLIED, "2025-11-07", State.SUSPENDED),
        (NEVER_APPLIED, "2026-11-10", State.SUSPENDED),
        (NEVER_APPLIED, "2026-11-11", State.UNKNOWN),
        (PAUSED, "2024-12-02", State.NOT_YET),
        (PAUSED, "2025-11-08", State.IN_FORCE),
        (PAUSED, "2025-11-09", State.SUSPENDED),
        (PAUSED, "2026-11-27", State.SUSPENDED),
        (PAUSED, "2026-11-28", State.UNKNOWN),
        (TO_THE_MONTH, "2023-07-31", State.NOT_YET),
        (TO_THE_MONTH, "2023-08-15", State.UNKNOWN),
        (TO_THE_MONTH, "2023-09-01", State.IN_FORCE),
        (OVER, "2025-03-01", State.IN_FORCE),
        (OVER, "2025-10-15", State.IN_FORCE),
        (OVER, "2025-10-16", State.ENDED),
        (PLANNED, "2028-12-31", State.ANNOUNCED),
        (PLANNED, "2029-01-01", State.UNKNOWN),
        (WITHOUT_START, "2019-09-11", State.UNKNOWN),
        (WITHOUT_START, "2019-09-12", State.IN_FORCE),
        (UNCLEAR, "2026-11-25", State.UNKNOWN),
        (UNDATED_PLAN, "2023-10-23", State.UNKNOWN),
        (UNDATED_PLAN, "2026-11-25", State.ANNOUNCED),
    ],
)
def test_a_day_has_the_state_that_the_dates_tell(found, day, state):
    assert found.state_on(date.fromisoformat(day)) == state


def test_an_end_to_the_month_leaves_that_month_open():
    found = timeline("2020", end="2021-06", reported=Reported.ENDED)
    assert [(str(p.first), str(p.last), p.state) for p in found.periods()] == [
        ("None", "2019-12-31", "not_yet"),
        ("2020-01-01", "2020-12-31", "unknown"),
        ("2021-01-01", "2021-05-31", "in_force"),
        ("2021-06-01", "2021-06-30", "unknown"),
        ("2021-07-01", "None", "ended"),
    ]


DATES = st.dates(date(2010, 1, 1), date(2040, 1, 1)).map(str)
PRINTED = st.one_of(DATES, DATES.map(lambda day: day[:7]), DATES.map(lambda day: day[:4]))


@given(
    start=st.none() | PRINTED,
    end=st.none() | PRINTED,
    suspended=st.just((None, None)) | st.lists(DATES, min_size=2, max_size=2).map(sorted),
    reported=st.sampled_from(Reported),
    as_of=PRINTED,
)
def test_periods_have_no_gap_and_no_overlap(start, end, suspended, reported, as_of):
    found = timeline(start, end, suspended, reported, as_of).periods()
    assert found[0].first is None
    assert found[-1].last is None
    for one, following in pairwise(found):
        assert one.last + timedelta(days=1) == following.first
        assert one.first is None or one.first <= one.last


@given(PRINTED)
def test_a_printed_date_begins_before_it_ends(text):
    assert first_day(text) <= last_day(text)
    assert str(first_day(text)).startswith(text)
    assert str(last_day(text)).startswith(text)
