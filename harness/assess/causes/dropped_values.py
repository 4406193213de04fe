"""Why values are not there that Clever has, and why they come and go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, kinds_of, part, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import WORDS
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Held, HeldUser
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.plan import DAYS, Day
from harness.prose import counted

_NEARLY = 0.9
_FEW_DAYS = 3


def dropped(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records are there and lack a value that Clever has."""
    for field, words in {"email": "e-mail address", "name": "name", **WORDS}.items():
        behind = [
            f
            for f in shaped(findings, FindingKind.FIELD)
            if f.field == field and f.expected and not f.found
        ]
        if len(behind) < 2:
            continue
        later = [lacks for f in behind if (lacks := _lacks_later(index, f)) is not None]
        never = _stays(later) and all(f.day == index.days_of(f.district)[0] for f in behind)
        still = [f for f in behind if _stayed_the_same(index, f)]
        unchanged = len(still) >= _NEARLY * len(behind)
        yield LikelyCause(
            f"drops-field:{field}",
            f"Your app holds no {words} of {counted(len(behind), kinds_of(behind)[:-1])} that have "
            f"one at Clever, {_when(behind, later)}."
            + (f" {_as_before(len(still), len(behind))}" if unchanged else ""),
            f"Write `{field}` {'of all' if never else 'in every sync'}, with what Clever sends"
            + (", or leave it as it is when nothing changed." if unchanged else "."),
            [*behind, *_emptied(index, findings, field)],
        )


def _as_before(still: int, number: int) -> str:
    return f"{part(still, number).capitalize()} are at Clever as they were a sync before."


def _lacks_later(index: RecordingIndex, finding: Finding) -> bool | None:
    """Whether a record still lacks a value on the last day on which Clever shares the same of it.

    None if it is not looked at on a later day.
    """
    then = shared(index, finding)
    for day in reversed(index.after(finding.district, finding.day)):
        try:
            row = index.holdings(finding.district, day).active(
                Kind(finding.kind), finding.clever_id
            )
        except NotReachedError:
            continue
        if row is not None and then is not None and shared(index, finding, day) == then:
            return not _shows(row, finding.field)
    return None


def _when(behind: Sequence[Finding], later: Sequence[bool]) -> str:
    """On which days, and if it is so, that it stays so or is right afterwards."""
    days = sorted({f.day for f in behind}, key=lambda day: DAYS.index(Day(day)))
    if len(days) > _FEW_DAYS:
        return f"on {len(days)} days from the day `{days[0]}` on"
    if _stays(later):
        return f"from the day `{days[0]}` on"
    return f"only {on(*days)}" if len(days) == 1 and later else on(*days)


def _stays(later: Sequence[bool]) -> bool:
    return bool(later) and sum(later) >= _NEARLY * len(later)


def _stayed_the_same(index: RecordingIndex, finding: Finding) -> bool:
    """Whether Clever shared the same of a record when it last did so before."""
    days = reversed(index.before(finding.district, finding.day))
    former = next((record for day in days if (record := shared(index, finding, day))), None)
    return former is not None and former == shared(index, finding)


def _emptied(index: RecordingIndex, findings: Sequence[Finding], field: str) -> list[Finding]:
    """Changes on a quiet day by which rows lost this value."""
    if field not in ("email", "name"):
        return []
    return [f for f in shaped(findings, FindingKind.CHANGED) if _lost(index, f, field)]


def _lost(index: RecordingIndex, finding: Finding, field: str) -> bool:
    then, now = _rows(index, finding)
    return any(_shows(row, field) for row in then) and not any(_shows(row, field) for row in now)


def _shows(row: Held, field: str) -> bool:
    if isinstance(row, HeldUser) and field == "name":
        return any(part and part.strip() for part in (row.name, row.first_name, row.last_name))
    return bool(getattr(row, field, None))


def _rows(index: RecordingIndex, finding: Finding) -> tuple[Sequence[Held], Sequence[Held]]:
    """The rows in use of a finding's record after the sync before, and after that of its day."""
    earlier = index.before(finding.district, finding.day)
    if not finding.kind or not earlier:
        return (), ()
    try:
        then, now = (
            index.holdings(finding.district, day).active_rows(Kind(finding.kind), finding.clever_id)
            for day in (earlier[-1], finding.day)
        )
    except NotReachedError:
        return (), ()
    return then, now
