"""Whether an app follows the `next` link of a page that is not full is judged by its requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suite.year_of_trouble import day, index, request

from harness.assess.recording_index import RecordingIndex
from harness.plan.faults import SHORT_PAGE
from harness.plan.plan import COMMON, Day
from harness.recording.recording import LoggedRequest
from harness.suite.checks import next_links

SHORT = Day.SHORT_PAGES


def page(
    first: int, records: int, listed: int, *, fault: str = "", limit: int = 100
) -> LoggedRequest:
    query = f"limit={limit}" + (f"&starting_after={first}" if first else "")
    asked = replace(request(fault=fault), query=query)
    return replace(asked, first=first, records=records, listed=listed)


WHOLE = (page(0, 100, 160), page(100, 60, 160))
CUT = page(0, 50, 160, fault=SHORT_PAGE)


def year(before: Sequence[LoggedRequest], short: Sequence[LoggedRequest]) -> RecordingIndex:
    return index(*day(Day.ALL_READ, requests=before), *day(SHORT, requests=short))


def test_whoever_reads_on_is_right() -> None:
    observation = next_links.read_on(year(WHOLE, (CUT, page(50, 100, 160))), COMMON, SHORT)

    assert (observation.examined, observation.findings) == (1, [])


def test_whoever_stops_at_a_short_page_is_told_which() -> None:
    found = next_links.read_on(year(WHOLE, (CUT,)), COMMON, SHORT)

    assert [finding.sentence for finding in found.findings] == [
        "Your app asked for 100 of /v3.1/users, got 50 and a `next` link, and did not follow it."
    ]


def test_whoever_asks_for_all_at_once_shows_it_here() -> None:
    whole, cut = page(0, 160, 160, limit=10000), page(0, 80, 160, fault=SHORT_PAGE, limit=10000)

    assert next_links.left_off(year((whole,), (cut,)), COMMON, SHORT) == ""
    assert next_links.read_on(year((whole,), (cut,)), COMMON, SHORT).findings


def test_whoever_stops_at_full_pages_shows_nothing_new() -> None:
    stopped = year(WHOLE[:1], (CUT,))

    assert "see R2" in next_links.left_off(stopped, COMMON, SHORT)
    assert next_links.read_on(stopped, COMMON, SHORT).examined == 0


def test_a_request_for_a_single_record_is_no_list_that_ends_early() -> None:
    probe = page(0, 1, 160, limit=1)

    assert next_links.left_off(year((probe, *WHOLE), (probe, CUT)), COMMON, SHORT) == ""
    assert next_links.read_on(year((probe, *WHOLE), (probe, CUT)), COMMON, SHORT).findings
