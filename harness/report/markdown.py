"""summary.md: what matters of a rehearsal, worst first, for a CI job's summary and for agents.

GitHub cuts comments at 65,536 characters, so the file stays below that: when much went wrong, fewer
findings are told of each check, then fewer checks.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementVerdict
from harness.assess.results import Results
from harness.prose import counted, joined
from harness.report import headline, labels, open_items, templates
from harness.report.references import References

NAME = "markdown"
FILE = "summary.md"
LIMIT = 64_000
"""Bytes the file stays below."""


@dataclass(frozen=True, slots=True)
class _Room:
    checks: int
    findings: int
    rows: int


_ROOMS = (_Room(40, 5, 200), _Room(40, 2, 100), _Room(25, 1, 60), _Room(10, 1, 25), _Room(5, 0, 10))


def render(results: Results) -> str:
    """The summary in as much detail as fits."""
    text = ""
    for room in _ROOMS:
        text = _render(results, room)
        if len(text.encode("utf-8", "replace")) < LIMIT:
            return text
    return _cut(text)


def _render(results: Results, room: _Room) -> str:
    return templates.markdown().get_template("summary.md").render(
        results=results,
        run=results.run,
        room=room,
        verdict=labels.VERDICTS[results.verdict],
        labels=labels,
        headline=headline,
        open_items=open_items,
        tally=_tally(results),
        manual=_manual(results),
        requirements=sorted(results.requirements, key=_rank),
        open_checks=open_items.checks(results),
        reference=References(results).of,
    )  # fmt: skip


def _tally(results: Results) -> str:
    counts = ((name.replace("_", " "), results.count(Outcome(name))) for name in labels.OUTCOMES)
    return ", ".join(f"{number} {word}" for word, number in counts if number)


def _manual(results: Results) -> str:
    """What `MANUAL` in the last line counts, which is no checks, unlike the tally; or ""."""
    attest, answer = results.to_attest, results.to_answer
    rows = (attest, "requirement", "to attest"), (answer, "question", "to answer")
    named = joined([f"{counted(number, noun)} {what}" for number, noun, what in rows if number])
    return f"`MANUAL={attest + answer}` is work for you, and no checks: {named}." if named else ""


def _rank(row: RequirementVerdict) -> tuple[int, str]:
    """Not met before not proven before all others, MUST before SHOULD; ids keep their order."""
    return labels.rank(labels.STATES, row.state), row.level


def _cut(text: str) -> str:
    """The text up to the last whole line that fits, and a word that there is more."""
    ending = "\n\nTruncated: the rest is in report.html and results.json.\n"
    room = LIMIT - len(ending.encode("utf-8")) - 1
    whole = text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    return whole[: whole.rfind("\n")] + ending
