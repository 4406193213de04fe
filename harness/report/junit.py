"""junit.xml: a suite per feature and a test case per check, for a CI system.

| outcome                          | element                                                      |
|----------------------------------|--------------------------------------------------------------|
| pass                             | none                                                         |
| warn                             | none: it passes, with its findings in `system-out`           |
| fail                             | `failure`                                                    |
| error, blocked                   | `error`, its type is the responsible party, or `blocked`     |
| waived fail or warn              | `skipped`, whose message gives the waiver                    |
| not_applicable, not_run, manual  | `skipped`, whose message gives the reason                    |

JUnit has no word for *blocked*; as `skipped` it would read as green, so it is an `error`. What is
skipped reads as green too, and a run can be not ready without a failing check (a waiver that
expired, a declaration that was contradicted). Hence a last suite, `verdict`, with one case that
agrees with the exit code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import Finding
from harness.assess.results import Results
from harness.prose import harmless
from harness.report import headline, labels
from harness.report.templates import grouped, printable

NAME = "junit"
FILE = "junit.xml"
SHOWN = 50
"""Findings of one check that are listed; results.json has all."""

_SKIPPED = (Outcome.NOT_APPLICABLE, Outcome.NOT_RUN, Outcome.MANUAL)


def render(results: Results) -> bytes:
    """The document as UTF-8 XML with a declaration."""
    root = Element("testsuites", name="rosterready")
    for feature, checks in grouped(results.checks, lambda check: check.feature):
        suite = SubElement(root, "testsuite", name=feature.removesuffix(".feature"))
        suite.set("timestamp", f"{results.run.run_date}T00:00:00")
        _add_properties(suite, [("verdict", results.verdict), ("app", results.run.app)])
        for check in checks:
            _add_check(suite, check)
    _add_verdict(root, results)
    _count(root)
    _clean(root)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add_check(suite: Element, check: CheckResult) -> None:
    case = SubElement(suite, "testcase", name=check.name, classname=suite.get("name", ""), time="0")
    case.set("file", f"features/{check.feature}")
    case.set("line", str(check.line))
    _add_properties(case, _properties(check))
    if (element := _element(check)) is not None:
        case.append(element)
    if check.outcome is Outcome.WARN:
        SubElement(case, "system-out").text = f"Warning: {check.reason}\n{_listed(check.findings)}"


def _properties(check: CheckResult) -> Iterable[tuple[str, str]]:
    yield "check", check.id
    yield "outcome", check.outcome
    yield "evidence_level", check.evidence_level
    for requirement in check.requirements:
        yield "requirement", requirement
    if check.edge_case:
        yield "edge_case", check.edge_case
    if check.waived:
        yield "waived", check.waived


def _element(check: CheckResult) -> Element | None:
    """What a CI system reads the outcome from; None when it passes."""
    if check.waived and check.outcome in (Outcome.FAIL, Outcome.WARN):
        return Element("skipped", message=f"Waived: {check.waived} ({check.reason})")
    if check.outcome in _SKIPPED:
        word = labels.OUTCOMES[check.outcome].word
        return Element("skipped", message=f"{word}: {check.reason}", type=check.outcome)
    if check.outcome is Outcome.FAIL:
        failure = Element("failure", message=check.reason, type="fail")
        failure.text = _listed(check.findings)
        return failure
    if check.outcome in (Outcome.ERROR, Outcome.BLOCKED):
        kind = check.outcome if check.responsible is None else check.responsible
        error = Element("error", message=check.reason, type=kind)
        error.text = "\n".join(f"blocked by {finding}" for finding in check.blocked_by)
        return error
    return None


def _listed(findings: Sequence[Finding]) -> str:
    """Each finding with both sides, labelled."""
    lines = [
        f"{finding.day}, {finding.district}: {finding.sentence}"
        f"\n    Clever says:    {finding.expected or '-'}"
        f"\n    your app holds: {finding.found or '-'}"
        for finding in findings[:SHOWN]
    ]
    if len(findings) > SHOWN:
        lines.append(f"and {len(findings) - SHOWN} more, all in results.json")
    return "\n".join(lines)


def _add_verdict(root: Element, results: Results) -> None:
    suite = SubElement(root, "testsuite", name="verdict")
    case = SubElement(
        suite,
        "testcase",
        name="the rehearsal is ready",
        classname="verdict",
    )
    case.set("time", f"{results.run.seconds:.3f}")
    rows = ((row.id, f"{row.state}: {row.reason}") for row in results.requirements)
    verdict = ("verdict", results.verdict), ("exit_code", str(results.exit_code))
    _add_properties(case, (*verdict, *rows))
    if results.exit_code == 0:
        return
    tag = "failure" if results.exit_code == 1 else "error"
    word = labels.VERDICTS[results.verdict].word
    message = f"{word}: {headline.sentence(results)}"
    element = SubElement(case, tag, message=message, type=results.verdict)
    element.text = "\n".join(results.to_do)


def _add_properties(parent: Element, pairs: Iterable[tuple[str, str]]) -> None:
    properties = SubElement(parent, "properties")
    for name, value in pairs:
        SubElement(properties, "property", name=name, value=value)


def _count(root: Element) -> None:
    """Writes what each suite, and all of them together, came to."""
    for element in (root, *root.iter("testsuite")):
        counts = Counter(child.tag for child in element.iter())
        element.set("tests", str(counts["testcase"]))
        element.set("failures", str(counts["failure"]))
        element.set("errors", str(counts["error"]))
        element.set("skipped", str(counts["skipped"]))
        times = (float(case.get("time", "0")) for case in element.iter("testcase"))
        element.set("time", f"{sum(times):.3f}")


def _clean(root: Element) -> None:
    """Takes out what XML cannot hold, and what a CI server would obey that prints the file."""
    for element in root.iter():
        element.text = element.text and harmless(printable(element.text))
        for name, value in element.items():
            element.set(name, harmless(printable(value)))
