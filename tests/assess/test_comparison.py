"""What becomes of checks between two runs, and when the later run is worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from report import rehearsal

from harness.assess.check_result import CheckResult, EvidenceLevel, Outcome
from harness.assess.comparison import OutcomeChange, Standing, compare
from harness.assess.findings import Finding, FindingKind
from harness.assess.results import Results, Verdict

READY = rehearsal.ready()
PASS, FAIL, WARN, BLOCKED = Outcome.PASS, Outcome.FAIL, Outcome.WARN, Outcome.BLOCKED


def finding(field: str) -> Finding:
    return Finding(
        check="f/c",
        day="midyear",
        district="common",
        finding_kind=FindingKind.FIELD,
        kind="users",
        clever_id="1",
        name="Maya",
        sentence="Maya has another name.",
        field=field,
    )


def check(
    outcome: Outcome, *, name: str = "f/c", waived: str = "", fields: str = ""
) -> CheckResult:
    return CheckResult(
        id=name,
        feature="f.feature",
        rule="",
        name=f"The name of {name}",
        line=1,
        requirements=("R2",),
        outcome=outcome,
        evidence_level=EvidenceLevel.OBSERVED,
        reason="" if outcome is PASS else f"Why it is {outcome}.",
        waived=waived,
        findings=tuple(map(finding, fields.split())),
    )


def results(*checks: CheckResult, verdict: Verdict = Verdict.NOT_READY, **run: object) -> Results:
    """The results of checks, of which one more always passes."""
    whole = (*checks, check(PASS, name="f/always"))
    changed: Mapping[str, object] = {"ended": "completed"} | run
    return replace(
        READY,
        checks=whole,
        requirements=(),
        verdict=verdict,
        run=replace(READY.run, **changed),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("before", "after", "change", "standing"),
    [
        (check(PASS), check(PASS), None, Standing.NO_WORSE),
        (check(PASS), check(FAIL), OutcomeChange.REGRESSED, Standing.WORSE),
        (check(PASS), check(WARN), OutcomeChange.REGRESSED, Standing.WORSE),
        (check(WARN), check(FAIL), OutcomeChange.REGRESSED, Standing.WORSE),
        (check(FAIL), check(WARN), OutcomeChange.STILL_BROKEN, Standing.NO_WORSE),
        (check(FAIL), check(FAIL), OutcomeChange.STILL_BROKEN, Standing.NO_WORSE),
        (check(FAIL), check(PASS), OutcomeChange.FIXED, Standing.NO_WORSE),
        (check(BLOCKED), check(PASS), OutcomeChange.FIXED, Standing.NO_WORSE),
        (check(BLOCKED), check(BLOCKED), None, Standing.NO_WORSE),
        (check(Outcome.NOT_RUN), check(PASS), None, Standing.NO_WORSE),
        (check(BLOCKED), check(FAIL), OutcomeChange.NEW, Standing.WORSE),
        (None, check(FAIL), OutcomeChange.NEW, Standing.WORSE),
        (None, check(PASS), None, Standing.NO_WORSE),
        (check(PASS), check(BLOCKED), OutcomeChange.NO_LONGER_JUDGED, Standing.NOT_PROVEN),
        (check(PASS), check(Outcome.ERROR), OutcomeChange.NO_LONGER_JUDGED, Standing.NOT_PROVEN),
        (check(PASS), None, OutcomeChange.NO_LONGER_JUDGED, Standing.NOT_PROVEN),
        (check(FAIL), check(BLOCKED), OutcomeChange.NO_LONGER_JUDGED, Standing.NO_WORSE),
        (
            check(PASS),
            check(Outcome.NOT_APPLICABLE),
            OutcomeChange.NO_LONGER_JUDGED,
            Standing.NO_WORSE,
        ),
        (check(PASS), check(FAIL, waived="soon"), OutcomeChange.WAIVED, Standing.NO_WORSE),
        (check(FAIL), check(FAIL, waived="soon"), OutcomeChange.WAIVED, Standing.NO_WORSE),
        (
            check(FAIL, waived="x"),
            check(FAIL, waived="x"),
            OutcomeChange.STILL_BROKEN,
            Standing.NO_WORSE,
        ),
        (check(FAIL, waived="x"), check(PASS), OutcomeChange.FIXED, Standing.NO_WORSE),
        (check(FAIL, waived="x"), check(FAIL), OutcomeChange.REGRESSED, Standing.WORSE),
        (check(FAIL, fields="a"), check(FAIL, fields="a b"), OutcomeChange.WIDER, Standing.WORSE),
        (
            check(FAIL, fields="a b"),
            check(FAIL, fields="b"),
            OutcomeChange.STILL_BROKEN,
            Standing.NO_WORSE,
        ),
    ],
)
def test_a_check_changes_and_the_run_with_it(
    before: CheckResult | None,
    after: CheckResult | None,
    change: OutcomeChange | None,
    standing: Standing,
) -> None:
    comparison = compare(results(*[before] if before else []), results(*[after] if after else []))

    assert [row.change for row in comparison.checks] == [change] * bool(change)
    assert comparison.standing is standing


def test_findings_of_other_people_are_not_compared() -> None:
    comparison = compare(
        results(check(FAIL, fields="a"), seed=1), results(check(FAIL, fields="b"), seed=2)
    )

    assert comparison.counts[OutcomeChange.STILL_BROKEN] == 1
    assert "seeds differ" in " ".join(comparison.caveats)
    assert ("seed", "1", "2") in [
        (row.name, row.before, row.after) for row in comparison.circumstances
    ]


def test_what_was_not_selected_is_not_missed_and_is_named() -> None:
    comparison = compare(results(check(PASS)), results(selected=("always",)))

    (row,) = comparison.checks
    assert row.change is OutcomeChange.NO_LONGER_JUDGED
    assert row.why == "The later run rehearsed always only."
    assert comparison.standing is Standing.NO_WORSE
    assert "Of the later run only always was rehearsed." in comparison.caveats


def test_what_other_requirements_lack_is_not_missed() -> None:
    comparison = compare(results(check(PASS)), results(requirement_set="2030-01-01 abc"))

    assert comparison.standing is Standing.NO_WORSE
    assert "2030-01-01 abc" in comparison.checks[0].why
    assert "judge the earlier recording" in comparison.caveats[0]


def test_what_another_update_mode_lacks_is_missed() -> None:
    comparison = compare(results(check(PASS)), results(mode="events", plan_hash="another"))

    assert comparison.standing is Standing.NOT_PROVEN
    assert comparison.exit_code == 3


def test_a_run_that_stopped_proves_nothing_and_one_it_is_compared_with_knew_less() -> None:
    stopped = results(verdict=Verdict.INCOMPLETE, ended="stopped: it died")

    later = compare(results(), stopped)
    earlier = compare(stopped, results(check(FAIL)))

    assert later.standing is Standing.NOT_PROVEN
    assert "it died" in later.why
    assert earlier.counts[OutcomeChange.NEW] == 1
    assert "counts as new" in earlier.caveats[0]


def test_runs_with_no_check_in_common_prove_nothing() -> None:
    comparison = compare(
        replace(results(), checks=(check(PASS),)),
        replace(results(selected=("x",)), checks=(check(PASS, name="f/x"),)),
    )

    assert comparison.compared == 0
    assert comparison.standing is Standing.NOT_PROVEN


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        (Verdict.NOT_READY, Standing.WORSE),
        (Verdict.INCOMPLETE, Standing.NOT_PROVEN),
        (Verdict.READY_WITH_CONDITIONS, Standing.NO_WORSE),
    ],
)
def test_a_verdict_that_no_check_explains_counts_too(verdict: Verdict, standing: Standing) -> None:
    """As when a waiver expires, or a declaration is contradicted."""
    ready = results(verdict=Verdict.READY)

    assert compare(ready, results(verdict=verdict)).standing is standing


def test_a_check_is_known_by_the_name_it_has_today() -> None:
    comparison = compare(
        results(check(FAIL, name="f/old")),
        results(check(FAIL, name="f/new")),
        check_today=lambda name: name.replace("old", "new"),
    )

    assert [row.change for row in comparison.checks] == [OutcomeChange.STILL_BROKEN]


def test_requirements_whose_verdict_changes_are_named() -> None:
    comparison = compare(rehearsal.not_ready(), READY)

    changed = {row.id: (row.before, row.after) for row in comparison.requirements}
    assert changed["R2"] == ("not_met", "met")
    assert "R1" not in changed
    part = replace(READY, requirements=(), run=replace(READY.run, selected=("leaving",)))
    assert compare(READY, part).requirements == ()
