"""junit.xml: what CI systems read from it is what the rehearsal came to."""

from __future__ import annotations

import dataclasses
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from harness.assess.check_result import Outcome
from harness.assess.results import Results, Verdict
from harness.report import junit


@pytest.fixture(scope="module")
def root(results: Results) -> Element:
    return ElementTree.fromstring(junit.render(results))


def _properties(case: Element) -> list[tuple[str | None, str | None]]:
    return [(one.get("name"), one.get("value")) for one in case.iterfind("properties/property")]


def _case(root: Element, check: str) -> Element:
    cases = [
        case
        for case in root.iter("testcase")
        if ("check", check)
        in [(one.get("name"), one.get("value")) for one in case.iter("property")]
    ]
    assert len(cases) == 1
    return cases[0]


def _tags(case: Element) -> list[str]:
    return [child.tag for child in case if child.tag != "properties"]


def test_there_is_a_suite_per_feature_and_a_case_per_check(root: Element, results: Results) -> None:
    suites = [suite.get("name") for suite in root]
    features = list(dict.fromkeys(c.feature.removesuffix(".feature") for c in results.checks))

    assert suites == [*features, "verdict"]
    assert len(list(root.iter("testcase"))) == len(results.checks) + 1


@pytest.mark.parametrize(
    ("check", "tags"),
    [
        ("standing/every-sync-completes", []),
        ("teachers/both-co-teachers-have-the-class", ["failure"]),
        ("roles/who-loses-a-role-keeps-the-account", ["error"]),
        ("moving/a-student-who-is-promoted-keeps-the-finished-lessons", ["error"]),
        ("departures/a-school-that-is-unshared-is-archived", ["skipped"]),
        ("contacts/a-contact-of-two-children-belongs-to-both", ["skipped"]),
        ("teachers/a-substitute-sees-the-class-for-the-day", ["skipped"]),
        ("teachers/names-of-sections-are-whole", ["system-out"]),
        ("departures/a-term-that-comes-back-is-restored", ["skipped"]),
    ],
)
def test_each_outcome_has_the_element_that_says_it(
    root: Element, check: str, tags: list[str]
) -> None:
    assert _tags(_case(root, check)) == tags


def test_blocked_reads_as_red_and_says_what_accuses(root: Element) -> None:
    case = _case(root, "moving/a-student-who-is-promoted-keeps-the-finished-lessons")
    error = case.find("error")

    assert error is not None
    assert error.get("type") == "blocked"
    assert "teachers/both-co-teachers-have-the-class" in (error.text or "")


def test_an_error_says_whose_fault_it_is(root: Element) -> None:
    error = _case(root, "roles/who-loses-a-role-keeps-the-account").find("error")

    assert error is not None
    assert error.get("type") == "adapter"
    assert "one app_id per row" in (error.get("message") or "")


def test_a_failure_lists_both_sides(root: Element) -> None:
    failure = _case(root, "teachers/both-co-teachers-have-the-class").find("failure")

    assert failure is not None
    assert failure.get("message") == "1 of 4 looked at: Art 3 has lost Mr Pfeffer."
    assert "Clever says:    Ms Duval, Mr Pfeffer" in (failure.text or "")
    assert "your app holds: Ms Duval" in (failure.text or "")


def test_skipped_always_gives_the_reason(root: Element) -> None:
    for skipped in root.iter("skipped"):
        assert (skipped.get("message") or "").partition(": ")[2]


def test_properties_carry_requirement_edge_case_grade_and_verdict(root: Element) -> None:
    case = _case(root, "teachers/both-co-teachers-have-the-class")
    found = _properties(case)

    assert ("requirement", "R9") in found
    assert ("requirement", "D2") in found
    assert ("edge_case", "two-co-teachers") in found
    assert ("evidence_level", "observed") in found
    assert ("verdict", "NOT_READY") in _properties(root[0])


def test_the_counts_are_those_of_the_elements(root: Element, results: Results) -> None:
    for element in (root, *root.iter("testsuite")):
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("tests", "testcase")):
            assert element.get(attribute) == str(len(list(element.iter(tag))))
    waived = sum(bool(check.waived) for check in results.checks)
    assert root.get("failures") == str(results.count(Outcome.FAIL) - waived + 1)


@pytest.mark.parametrize(
    ("verdict", "code", "tags"),
    [
        (Verdict.READY, 0, []),
        (Verdict.READY_WITH_CONDITIONS, 0, []),
        (Verdict.NOT_READY, 1, ["failure"]),
        (Verdict.INCOMPLETE, 3, ["error"]),
        (Verdict.INCOMPLETE, 130, ["error"]),
    ],
)
def test_the_verdict_agrees_with_the_exit_code_even_when_no_check_fails(
    ready: Results, verdict: Verdict, code: int, tags: list[str]
) -> None:
    one = dataclasses.replace(ready, verdict=verdict, exit_code=code)

    root = ElementTree.fromstring(junit.render(one))

    assert _tags(root[-1][0]) == tags


def test_the_same_results_give_the_same_bytes(results: Results) -> None:
    assert junit.render(results) == junit.render(results)


def test_what_xml_cannot_hold_is_replaced(results: Results) -> None:
    check = dataclasses.replace(results.checks[0], name="bell \x07, half \ud800, end ]]> <&\"'")
    odd = dataclasses.replace(results, checks=(check,))

    root = ElementTree.fromstring(junit.render(odd))

    assert root[0].findall("testcase")[0].get("name") == "bell \ufffd, half \ufffd, end ]]> <&\"'"
