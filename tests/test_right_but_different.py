"""Correct apps that are built otherwise come out ready: a false alarm is as bad as a miss."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from apps import QUICK, VARIANTS, lantern
from rehearsing import in_state, rehearsed, with_outcome

from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Verdict
from harness.demo.profile import PROFILE

EVENTS = {"events.feature", "full-sync.feature"}
LATER = "archives-later.feature"
"""What is asked only of apps that are declared to archive later."""
NO_EVENTS = {"E1", "E2"}
"""What is asked only of apps that declare events, in that feature alone."""

NOT_APPLICABLE: dict[str, set[str]] = {
    "students-only": {"G4", "G8", *NO_EVENTS},
    "no-progress": {"R8", "D1", *NO_EVENTS},
    "archives-after-two-absences": NO_EVENTS,
    "archives-after-a-week": NO_EVENTS,
    "teachers-at-login": {"G8", *NO_EVENTS},
    "only-with-a-class": NO_EVENTS,
    "only-with-an-address": NO_EVENTS,
    "clever-id-key": NO_EVENTS,
    "reads-events": {"G10"},
    "applies-again": {"G10"},
}
"""Variant → the requirements that its declarations make pointless."""
UNSTRUCK = {
    "faults/refused-requests-are-not-repeated",
    "faults/a-student-who-arrives-is-in-the-app-even-if-another-record-is-not-found",
    "lists/nobody-is-lost-when-what-belongs-to-one-record-fails",
    "lists/nobody-is-lost-when-a-page-of-teachers-or-staff-fails",
    "long-lists/records-beyond-the-first-thousand-are-in-the-app",
    "two-syncs/nothing-is-there-twice-after-two-syncs-at-once",
    "two-syncs/a-district-that-is-synced-twice-at-once-is-in-the-app",
    "values/a-student-whose-grade-is-corrected-has-the-one-below",
}
"""Checks about single records, lists of a role, big pages, two syncs, grades: most have none."""
UNSTRUCK_BY_EVENTS = {
    "lists/nobody-is-lost-when-a-page-of-contacts-fails",
    "lists/lists-are-read-to-their-end-although-a-page-is-not-full",
    "lists/nobody-is-lost-when-the-list-of-schools-fails",
    "lists/nobody-is-lost-when-the-list-of-terms-fails",
    "lists/nobody-is-lost-when-the-list-of-courses-is-a-page-for-people",
    "lists/nobody-is-lost-when-a-page-of-students-fails",
    "lists/nobody-is-lost-when-the-token-is-refused-in-the-middle-of-a-sync",
}
"""Checks about lists that apps that read events only read in their first sync."""
READS_EVENTS = {"reads-events", "applies-again"}
KILLED = "killed.feature"
"""Checks about an app that is killed, which the adapters of some cannot do."""
NO_SUCH_REQUEST = {"T5"}
"""Requirements that are about such records only."""
NOT_MADE = {"D3", "G9"}
"""Requirements about groups, or accounts from before Clever, which some adapters cannot make."""
ADMITS = re.compile(r"\byet\b|^In part\.")
"""What a draft says of what an app does not do as it should."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if n in QUICK else [pytest.mark.slow], id=n) for n in VARIANTS],
)
def test_a_right_but_different_app_is_ready(name: str) -> None:
    results = rehearsed(name)

    assert results.verdict in (Verdict.READY, Verdict.READY_WITH_CONDITIONS)
    assert results.exit_code == 0
    assert in_state(results, RequirementState.NOT_MET, RequirementState.NOT_PROVEN) == set()
    assert not with_outcome(
        results, Outcome.FAIL, Outcome.WARN, Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN
    )
    assert [row.answer for row in results.answers if ADMITS.search(row.answer)] == []


TYPICAL = {
    "row-per-teacher": {"rows"},
    "row-per-role": {"rows"},
    "archives-after-two-absences": {"archiving"},
    "teachers-at-login": {"accounts", "declares"},
    "only-with-a-class": {"accounts"},
    "no-store": {"not_held", "declares"},
}
"""Variant → the tables of the profile that say how it differs from a mirror of Clever."""


@pytest.mark.parametrize("name", TYPICAL)
def test_a_typical_design_is_declared_by_a_table_or_two(name: str) -> None:
    """That each is ready with them is asked of all variants above."""
    profile = lantern(name).profile

    differing = {
        field.name
        for field in fields(profile)
        if getattr(profile, field.name) != getattr(PROFILE, field.name)
    }
    assert differing == TYPICAL[name]


MANUAL: dict[str, set[str]] = {
    "large-pages": {"R2"},
    "teachers-at-login": {"D1"},
    "no-progress": {"R4"},
    "another-app": {"R4"},
    "offers-no-edits": {"R4"},
    "undeclared-matching": {"R4", "G9"},
}
"""Variant → the requirements that a person has to tell, since its adapter does not show them."""


@pytest.mark.parametrize("name", [*MANUAL, "starts-new-accounts", "students-only"])
@pytest.mark.slow
def test_what_no_adapter_shows_needs_a_word_and_nothing_else_does(name: str) -> None:
    results = rehearsed(name)

    assert in_state(results, RequirementState.MANUAL) == MANUAL.get(name, set())
    assert (results.verdict is Verdict.READY_WITH_CONDITIONS) == (name in MANUAL)


@pytest.mark.parametrize("name", NOT_APPLICABLE)
@pytest.mark.slow
def test_what_a_variant_declares_away_names_the_declaration(name: str) -> None:
    results = rehearsed(name)

    assert (
        in_state(results, RequirementState.NOT_APPLICABLE) - NO_SUCH_REQUEST - NOT_MADE
        == (NOT_APPLICABLE[name])
    )
    unstruck = UNSTRUCK | (UNSTRUCK_BY_EVENTS if name in READS_EVENTS else set())
    for check in results.checks:
        other = check.id in unstruck or NOT_MADE.issuperset(check.requirements)
        other |= check.feature == KILLED
        if check.outcome is Outcome.NOT_APPLICABLE and not other:
            assert check.reason.startswith("The vendor declares"), check.id


@pytest.mark.slow
def test_an_app_that_reads_everything_at_once_does_not_show_how_it_turns_pages() -> None:
    checks = [c for c in rehearsed("large-pages").checks if c.feature == "paging.feature"]

    assert checks
    for check in checks:
        assert check.outcome is Outcome.NOT_APPLICABLE, check.id
        assert check.reason.startswith("Your app asks for up to 10000"), check.reason


def test_the_reference_meets_everything_that_scenarios_judge() -> None:
    results = rehearsed("demo")

    asked = {check.id for check in results.checks if check.feature not in EVENTS}
    undeclared = {
        check.id
        for check in results.checks
        if check.reason.startswith("The vendor declares nothing about")
    }
    assert with_outcome(results, Outcome.PASS) == asked - UNSTRUCK - undeclared
    assert in_state(results, RequirementState.NOT_APPLICABLE) == NO_EVENTS | NO_SUCH_REQUEST
    assert in_state(results, RequirementState.MANUAL) == set()
    assert results.verdict is Verdict.READY


@pytest.mark.slow
def test_a_vendor_who_declares_all_that_is_so_meets_everything() -> None:
    results = rehearsed("declares-everything")

    asked = {check.id for check in results.checks if check.feature not in {*EVENTS, LATER}}
    for_everybody = {"declarations/accounts-exist-for-whom-the-vendor-declares"}
    assert with_outcome(results, Outcome.PASS) == asked - UNSTRUCK - for_everybody


@pytest.mark.slow
def test_an_archive_that_only_a_return_shows_is_inferred() -> None:
    results = rehearsed("active-rows-only")
    grades = {check.id: check.evidence_level for check in results.checks}

    assert grades["leaving/a-student-who-leaves-is-archived"] == "inferred"
    assert grades["leaving/a-student-who-comes-back-is-active-again"] == "observed"


@pytest.mark.slow
def test_trouble_strikes_chatty_readers_and_those_of_large_pages() -> None:
    everything = {
        check.id
        for check in rehearsed("demo").checks
        if check.feature in ("faults.feature", "lists.feature")
    }
    other_lists = {
        "lists/nobody-is-lost-when-a-page-of-teachers-or-staff-fails",
        "lists/nobody-is-lost-when-a-page-of-contacts-fails",
    }
    past_the_cut = {"faults/a-student-who-arrives-while-a-connection-drops-is-in-the-app"}

    assert everything
    assert everything - other_lists - past_the_cut <= with_outcome(
        rehearsed("reads-every-section"), Outcome.PASS
    )
    assert everything - UNSTRUCK <= with_outcome(rehearsed("large-pages"), Outcome.PASS)


@pytest.mark.slow
def test_who_has_no_account_by_declaration_is_named_in_the_verdict_and_the_draft() -> None:
    rules = {
        "teachers-at-login": ("R1", "teachers get their accounts at their first login"),
        "only-with-a-class": ("R2", "teachers get accounts only once a class lists them"),
        "only-with-an-address": ("R7", "students have accounts only with an e-mail address"),
    }
    for name, (requirement, words) in rules.items():
        results = rehearsed(name)
        verdict = next(row for row in results.requirements if row.id == requirement)
        answer = next(row for row in results.answers if row.question == "user-types")

        assert words in verdict.reason, name
        assert words in answer.answer.replace("Students", "students").replace("Teach", "teach")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["archives-after-two-absences", "archives-after-a-week"])
def test_an_app_that_archives_later_is_judged_in_a_district_of_its_own(name: str) -> None:
    results = rehearsed(name)
    verdict = next(row for row in results.requirements if row.id == "R6")
    answer = next(row for row in results.answers if row.question == "deleted-records")

    later = {check.id for check in results.checks if check.feature == LATER}
    assert later
    assert later <= with_outcome(results, Outcome.PASS)
    assert "what is no longer shared is archived after the declared time" in verdict.reason
    assert "not at once" in answer.answer
    leaver = next(
        row for row in results.checks if row.id == "leaving/a-student-who-leaves-is-archived"
    )
    assert leaver.outcome is Outcome.NOT_APPLICABLE
