"""History: whether people's work stays theirs, and their accounts nobody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.recording.recording import LessonFinished
from harness.suite.checks import same_account
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.presence import undeclared_reason
from harness.suite.checks.sentences import short


def lessons_of(index: RecordingIndex, edge_case: str, name: str, day: str) -> list[LessonFinished]:
    """The lessons a cast member finished on a day."""
    return [
        act
        for act in index.lessons
        if (act.edge_case, act.person, act.day) == (edge_case, name, day)
    ]


def shown(index: RecordingIndex, acts: Iterable[LessonFinished]) -> Observation:
    """Each lesson is in the app on the day it was finished, with the person who finished it."""
    observation, acts = _of_accounts(index, acts)
    for act in acts:
        person = index.cast(act.district, act.day, act.edge_case, act.person)
        if index.holdings(act.district, act.day).active(person.kind, person.clever_id) is None:
            continue  # presence: there was no account to work in
        observation.saw(("progress",))
        if finding := _unkept(index, act, act.day, person):
            observation.findings.append(finding)
    return observation


def kept(index: RecordingIndex, acts: Iterable[LessonFinished], day: str) -> Observation:
    """Each lesson that was shown when it was finished still belongs to that person alone on a day.

    Unless the whole account is somebody else's by now: that is another matter.
    """
    observation, acts = _of_accounts(index, acts)
    for act in acts:
        person = index.cast(act.district, act.day, act.edge_case, act.person)
        if _unkept(index, act, act.day, person) is not None:
            continue  # it never was there
        if _out_of_sight(index, act, day, person):
            observation.not_applicable = same_account.OUT_OF_SIGHT
            continue
        finding = _unkept(index, act, day, person)
        if finding and _with_a_hidden_account(index, act, day, person):
            finding = _left_behind(index, act, day, person)
            if finding is None:
                observation.not_applicable = same_account.OUT_OF_SIGHT
                continue
        if finding and same_account.passed_on(index, act.district, day, act.day, person):
            continue  # and the work with it
        finding = finding or _of_another_too(index, act, day, person)
        finding = finding or _left_behind(index, act, day, person)
        observation.saw(("progress",))
        observation.findings += [finding] if finding else []
    return observation


def doubled(index: RecordingIndex) -> Observation:
    """Each lesson that people finished during the year is there once, in every snapshot."""
    observation, finished = _of_accounts(index, index.lessons)
    acts = {act.lesson: act for act in finished if act.lesson}
    reported: set[str] = set()
    for taken in index.snapshots_taken:
        times = Counter(work for work in taken.snapshot.progress if work.lesson in acts)
        observation.examined += len(times)
        for work, count in times.items():
            act = acts[work.lesson]
            if count < 2 or act.district != taken.district or work.lesson in reported:
                continue
            reported.add(work.lesson)
            person = index.cast(act.district, act.day, act.edge_case, act.person)
            observation.findings.append(
                about(
                    person,
                    taken.district,
                    taken.day,
                    FindingKind.WORK_DOUBLED,
                    f"The lesson {short(person.name)} finished {on(act.day)} is in your app "
                    f"{count} times {on(taken.day)}.",
                    field=act.day,
                    expected="once",
                    found=f"{count} times",
                )
            )
    return observation


def _of_accounts(
    index: RecordingIndex, acts: Iterable[LessonFinished]
) -> tuple[Observation, list[LessonFinished]]:
    """The acts of people who should have an account, and why the others are left out."""
    observation, theirs = Observation(), []
    for act in acts:
        person = index.cast(act.district, act.day, act.edge_case, act.person)
        declared = index.expectations.declared("progress")
        declared = declared or undeclared_reason(index, act.district, act.day, person)
        observation.leave_out(declared)
        theirs += [] if declared else [act]
    return observation, theirs


def _out_of_sight(index: RecordingIndex, act: LessonFinished, day: str, person: RecordRef) -> bool:
    """Whether neither somebody nor their work is shown since they are archived."""
    holdings = index.holdings(act.district, day)
    shown = holdings.all_of(person.kind, person.clever_id) or act.lesson in holdings.lessons
    return not (shown or holdings.snapshot.includes_archived)


def _with_a_hidden_account(
    index: RecordingIndex, act: LessonFinished, day: str, person: RecordRef
) -> bool:
    """Whether nobody is shown with a lesson, nor is the account that it was finished in."""
    holdings = index.holdings(act.district, day)
    if holdings.snapshot.includes_archived or act.lesson in holdings.lessons:
        return False
    then = index.holdings(act.district, act.day).snapshot.progress
    accounts = {work.account for work in then if work.lesson == act.lesson}
    return accounts.isdisjoint(row.app_id for row in holdings.snapshot.users)


def _of_another_too(
    index: RecordingIndex, act: LessonFinished, day: str, person: RecordRef
) -> Finding | None:
    """A lesson that somebody got who did not have it when it was finished, and its owner has, too.

    Somebody who has the account of its owner in a view of their own had it from the first.
    """
    then, now = index.holdings(act.district, act.day), index.holdings(act.district, day)
    had = then.lessons.get(act.lesson, frozenset())
    mine = had | index.linked_clever_ids(act.district, person.clever_id)
    others = now.lessons.get(act.lesson, frozenset()) & now.rows(person.kind).keys() - mine
    if not others:
        return None
    other = short(index.name(min(others)))
    return about(
        person,
        act.district,
        day,
        FindingKind.WORK_MOVED,
        f"The lesson {short(person.name)} finished {on(act.day)} is with {other}, too, {on(day)}.",
        field=act.day,
        expected=f"with {person.name} alone",
        found=f"with {other}, too",
    )


def _left_behind(
    index: RecordingIndex, act: LessonFinished, day: str, person: RecordRef
) -> Finding | None:
    """That somebody has another account now, and the work is with the one from before.

    Whoever was away in between, or was lost, has it from then: other checks are about that.
    """
    whose = index.holdings(act.district, day).lessons.get(act.lesson, frozenset())
    if whose & index.linked_clever_ids(act.district, person.clever_id):
        return None
    for each in _days_since(index, act, day):
        rows = _rows(index, act.district, each, [person.clever_id])
        if not rows or person.clever_id not in index.roster(act.district, each).users:
            return None
    return same_account.replaced(index, act.district, day, person, act.day)


def _accounts(
    index: RecordingIndex, act: LessonFinished, day: str, mine: Collection[str]
) -> frozenset[str]:
    """The app's ids of the rows that somebody had since the lesson, until a day.

    The account of somebody archived may be missing in an export that lists the work; and that a
    new account took the place of one is a matter of its own.
    """
    days = _days_since(index, act, day)
    return frozenset(row.app_id for d in days for row in _rows(index, act.district, d, mine))


def _days_since(index: RecordingIndex, act: LessonFinished, day: str) -> list[str]:
    """The days from a lesson until another day."""
    earlier = index.before(act.district, act.day)
    return [d for d in (*index.before(act.district, day), day) if d not in earlier]


def _rows(index: RecordingIndex, district: str, day: str, mine: Collection[str]) -> list[Held]:
    """What the app has of somebody's Clever IDs on a day, as far as it was looked at."""
    with suppress(NotReachedError):
        held = index.holdings(district, day)
        return [row for clever_id in mine for row in held.all_of(Kind.USERS, clever_id)]
    return []


def _unkept(
    index: RecordingIndex, act: LessonFinished, day: str, person: RecordRef
) -> Finding | None:
    whose = index.holdings(act.district, day).lessons.get(act.lesson, frozenset())
    mine = index.linked_clever_ids(act.district, person.clever_id)
    if whose & mine or whose & _accounts(index, act, day, mine):
        return None
    if whose:
        other = index.name(sorted(whose)[0])
        words = (
            f"The lesson {short(person.name)} finished {on(act.day)} belongs to "
            f"{short(other)} {on(day)}."
        )
    else:
        words = f"The lesson {short(person.name)} finished {on(act.day)} is gone {on(day)}."
    return about(
        person,
        act.district,
        day,
        FindingKind.WORK_MOVED if whose else FindingKind.WORK_LOST,
        words,
        field=act.day,
        expected="the lesson of " + act.day,
        found=f"with {index.name(sorted(whose)[0])}" if whose else "gone",
    )
