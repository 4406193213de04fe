"""Presence: whether the app holds what Clever shares, once, as active."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.findings import UNHEARD_OF, Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.scope import kinds_in, kinds_of
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.suite.checks import left_out
from harness.suite.checks.merged_records import merged, merged_alike
from harness.suite.checks.missing_values import Explanation, beyond, explained
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.reading import gap_of, taken_up
from harness.suite.checks.rejected_records import among_many, rejected
from harness.suite.checks.sentences import NOUNS, short
from harness.suite.checks.syncs import completed


def presence(
    index: RecordingIndex, district: str, day: str, kind: Kind, ids: Iterable[str], after: str = ""
) -> Observation:
    """Each of these records is held as active on a day."""
    holdings = index.holdings(district, day, after)
    kinds_of_record = kinds_in(index, district, kind)
    observation, active, ids = Observation(), holdings.active_ids[kind], list(ids)
    observation.saw_all([kinds_of_record(clever_id) for clever_id in ids if clever_id in active])
    for clever_id in [clever_id for clever_id in ids if clever_id not in active]:
        rows, kinds = holdings.all_of(kind, clever_id), kinds_of_record(clever_id)
        record = index.record_of(kind, clever_id)
        gap = gap_of(index, district, day, kind, clever_id)
        gap = gap or merged(index, district, day, kind).get(clever_id)
        if gap := gap or merged_alike(index, district, day, record):
            observation.block(kinds, record, gap)
            continue
        observation.saw(kinds)
        words = short(record.name)
        words = f"{NOUNS[kind]} {words}" if kind is not Kind.USERS else words
        traits = () if after else rejected(index, district, day, kind).get(clever_id, ())
        words = f"{words} {explained(traits)}" if traits else words
        has = "has only an archived record of it" if rows else "does not hold it"
        if kind is Kind.USERS:
            has = "holds only an archived account" if rows else "holds no such account"
        observation.findings.append(
            about(
                record,
                district,
                day,
                FindingKind.INACTIVE if rows else FindingKind.MISSING,
                f"Clever shares {words} {on(day)}, your app {has}.",
                field=_paths(traits),
                expected="active",
                found="archived" if rows else "absent",
            )
        )
    if observation.findings and not holdings.snapshot.complete:
        return Observation(undecided="The snapshot says of itself that it is not complete.")
    return observation


def _paths(traits: Explanation) -> str:
    """The values that explain an absence, as the field of a finding; "" if none does."""
    paths = ", ".join(trait.path for trait in traits[:4])
    return f"{UNHEARD_OF}{paths}" if traits and beyond(traits) else paths


def people(index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]) -> Observation:
    """Each of these cast members is held as active, as far as the app holds such records."""
    observation = Observation()
    for person in who:
        if declared := undeclared_reason(index, district, day, person):
            observation.leave_out(declared)
            continue
        observation.add(presence(index, district, day, person.kind, [person.clever_id]))
    return observation


def strangers(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """None of these, whom Clever does not share, has an account in use."""
    holdings = index.holdings(district, day)
    observation = Observation()
    for person in who:
        if declared := undeclared_reason(index, district, day, person):
            observation.leave_out(declared)
            continue
        observation.saw(kinds_of(index, district, person.kind, person.clever_id))
        if holdings.active(person.kind, person.clever_id) is None:
            continue
        observation.findings.append(
            about(
                person,
                district,
                day,
                FindingKind.EXTRA,
                f"A class names {short(person.name)}, whom Clever does not share {on(day)}; "
                "your app has an account of them.",
                expected="no account",
                found="active",
            )
        )
    return observation


def like_anyone_else(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """Each of these that was delivered among others the app holds is held as active, too."""
    observation = Observation()
    for person in who:
        if declared := undeclared_reason(index, district, day, person):
            observation.leave_out(declared)
        elif gap := gap_of(index, district, day, person.kind, person.clever_id):
            kinds = kinds_of(index, district, person.kind, person.clever_id)
            observation.block(kinds, person, gap)
        elif among_many(index, district, day, person.kind, person.clever_id):
            # Something else kept it out with others: that is reported of everyone.
            for need in presence(index, district, day, person.kind, [person.clever_id]).reasons:
                kinds = kinds_of(index, district, person.kind, person.clever_id)
                observation.block(kinds, person, need)
        elif _read(index, district, day, person):
            observation.add(presence(index, district, day, person.kind, [person.clever_id]))
    return observation


def _read(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool:
    """Whether the app holds a record, rejected it, or holds others of its answer and its sort."""
    kind, clever_id = person.kind, person.clever_id
    return bool(
        index.holdings(district, day).active(kind, clever_id)
        or clever_id in rejected(index, district, day, kind)
        or taken_up(index, district, day, kind, clever_id)
    )


def newcomers(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """Each of these, whom Clever shares for the first time, is held as active.

    But for those who are absent for a reason that kept others out before.
    """
    observation = Observation()
    for person in who:
        if known := _known_gap(index, district, day, person):
            observation.lacks(kinds_of(index, district, person.kind, person.clever_id), person)
            observation.needs += known
        else:
            observation.add(presence(index, district, day, person.kind, [person.clever_id]))
    return observation


def _known_gap(
    index: RecordingIndex, district: str, day: str, person: RecordRef
) -> Sequence[Finding]:
    """Who was missing on the first day for the reason for which somebody is now; or nobody."""
    if finding := unread(index, district, day, person):
        return finding
    first = index.days_of(district)[0]
    traits = rejected(index, district, day, person.kind).get(person.clever_id)
    before = rejected(index, district, first, person.kind)
    alike = [i for i, explanation in before.items() if traits and set(explanation) & set(traits)]
    if alike or index.holdings(district, day).active(person.kind, person.clever_id):
        return presence(index, district, first, person.kind, alike).reasons
    return left_out_before(index, district, day, person)


def left_out_before(
    index: RecordingIndex, district: str, day: str, person: RecordRef
) -> Sequence[Finding]:
    """Who was absent on an earlier day as this newcomer is now, where that is reported."""
    return [
        finding
        for earlier in left_out.left_out_before(index, district, day, person)[:1]
        for finding in presence(
            index,
            earlier.district,
            earlier.day,
            person.kind,
            [row.clever_id for row in earlier.absent],
        ).reasons
    ]


def unread(index: RecordingIndex, district: str, day: str, person: RecordRef) -> list[Finding]:
    """Why somebody is absent who never reached the app, or whose like it holds nowhere.

    Empty for whoever the app holds, and for whoever was delivered with others that it holds.
    """
    if index.holdings(district, day).active(person.kind, person.clever_id) is not None:
        return []
    if gap := gap_of(index, district, day, person.kind, person.clever_id):
        return [gap]
    earlier = index.before(district, day)
    shared = (index.roster(district, each).of(person.kind) for each in earlier)
    if not earlier or any(person.clever_id in records for records in shared):
        return []
    if person.clever_id not in index.deliveries.delivered(district, day):
        return []
    if taken_up(index, district, day, person.kind, person.clever_id):
        return [*left_out_before(index, district, day, person)]
    sought = index.expectations.expected_ids(person.kind, index.roster(district, earlier[0]))
    return presence(index, district, earlier[0], person.kind, sought).reasons


def undeclared_reason(index: RecordingIndex, district: str, day: str, person: RecordRef) -> str:
    """The declaration by which the app holds no such record; "" when it should hold it."""
    if person.kind is not Kind.USERS:
        roster = index.roster(district, day)
        for each in reversed(index.before(district, day)):
            if person.clever_id in roster.of(person.kind):
                break
            roster = index.roster(district, each)
        return index.expectations.left_out(person.kind, person.clever_id, roster)
    for each in (day, *index.days_of(district)):
        try:
            roster = index.roster(district, each)
        except NotReachedError:
            continue
        if person.clever_id in roster.users:
            return index.expectations.left_out(person.kind, person.clever_id, roster)
    return ""


def nothing_held(index: RecordingIndex, district: str, day: str) -> list[Finding]:
    """Why there may be nothing to look at: no sync completed, or nothing came of it."""
    schools = index.expectations.expected_ids(Kind.SCHOOLS, index.roster(district, day))
    return [
        *completed(index, district, (day,)).findings,
        *presence(index, district, day, Kind.SCHOOLS, schools).reasons,
    ]
