"""How a sync went, the place in a list, and who had a value before set records apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from assess.altered import Place, shown
from rehearsing import recorded

from harness.assess.causes.classes import strangers
from harness.assess.causes.contrast.in_common import in_common
from harness.assess.causes.contrast.list_ends import list_ends_lost
from harness.assess.causes.contrast.scene import identifying, scene, scenes
from harness.assess.causes.echoes import one_of_returned
from harness.assess.causes.late import a_sync_late, approved_in_vain
from harness.assess.causes.likely_cause import LikelyCause, was_away
from harness.assess.causes.names import name_in_part
from harness.assess.causes.updates import stale
from harness.assess.causes.values import spelling
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldRole, HeldSection, HeldUser, Snapshot
from harness.contract.sync import Sync, SyncState
from harness.district.data_model.records import Kind, roles_of
from harness.recording.recording import Entry, Synced

BATCH = 100


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _steps(index: RecordingIndex) -> Iterator[tuple[Place, str]]:
    """Each sync after the first of its district, and the day of the one before."""
    for district in index.districts:
        for earlier, day in pairwise(index.days_of(district)):
            yield (district, day), earlier


def _finding(
    place: Place, clever_id: str, finding_kind: FindingKind, kind: Kind = Kind.USERS, **more: Any
) -> Finding:
    fields: dict[str, Any] = {"expected": "", "found": "", **more}
    return Finding(
        check="standing/whatever",
        requirement="R6",
        day=place[1],
        district=place[0],
        finding_kind=finding_kind,
        kind=kind,
        clever_id=clever_id,
        name="Somebody",
        sentence="Clever shares Somebody, your app does not.",
        **fields,
    )


def _left(index: RecordingIndex) -> dict[Place, dict[str, list[str]]]:
    """Section → the students who left it with a sync and are still shared."""
    left: dict[Place, dict[str, list[str]]] = {}
    for place, earlier in _steps(index):
        then, now = index.roster(place[0], earlier), index.roster(*place)
        for clever_id in then.sections.keys() & now.sections.keys():
            gone = set(then.sections[clever_id]["students"])
            gone -= set(now.sections[clever_id]["students"])
            if still := sorted(gone & now.users.keys()):
                left.setdefault(place, {})[clever_id] = still
    return left


def test_who_leaves_a_class_and_is_there_until_the_next_sync_leaves_late(
    demo: RecordingIndex,
) -> None:
    left = _left(demo)

    def look(place: Place, held: Snapshot) -> Snapshot:
        late = left.get(place, {})

        def row(section: HeldSection) -> HeldSection:
            return replace(
                section, students=(*section.students, *late.get(section.clever_id or "", ()))
            )

        return replace(held, sections=tuple(map(row, held.sections)))

    index = shown(demo, look)
    findings = [
        _finding(place, clever_id, FindingKind.STUDENT, Kind.SECTIONS)
        for place, sections in left.items()
        for clever_id in sections
    ]

    [cause] = a_sync_late(index, findings)

    assert cause.sentence.startswith("Your app takes out a sync late what Clever takes out")
    assert len(cause.behind) == len(findings)


def test_what_is_late_with_a_school_that_comes_back_is_not_said_to_be_as_before(
    demo: RecordingIndex,
) -> None:
    back: dict[Place, set[str]] = {}
    for (district, day), earlier in _steps(demo):
        then, now = demo.roster(district, earlier), demo.roster(district, day)
        known = {
            i for each in demo.before(district, day) for i in demo.roster(district, each).schools
        }
        schools = (now.schools.keys() - then.schools.keys()) & known
        back[district, day] = {
            clever_id
            for clever_id, section in now.sections.items()
            if section.get("school") in schools and clever_id not in then.sections
        }

    def look(place: Place, held: Snapshot) -> Snapshot:
        late = back.get(place, set())
        rows = (replace(r, school=None) if r.clever_id in late else r for r in held.sections)
        return replace(held, sections=tuple(rows))

    findings = [
        _finding(place, clever_id, FindingKind.FIELD, Kind.SECTIONS, field="school", found="none")
        for place, sections in back.items()
        for clever_id in sorted(sections)
    ]

    [cause] = a_sync_late(shown(demo, look), findings)

    assert "are of what came back with the sync of that day" in cause.sentence
    assert len(cause.behind) == len(findings)


def test_what_is_late_after_approved_syncs_alone_is_said_of_them(demo: RecordingIndex) -> None:
    steps = [
        (place, earlier)
        for place, earlier in _steps(demo)
        if set(demo.roster(*place).users) - set(demo.roster(place[0], earlier).users)
    ]
    approved = dict(steps[:2])
    before = {
        place: demo.holdings(place[0], earlier).snapshot for place, earlier in approved.items()
    }
    held_back = shown(demo, lambda place, held: before.get(place, held))

    def hold(entry: Entry) -> Entry:
        if not isinstance(entry, Synced) or (entry.district, entry.day) not in approved:
            return entry
        return replace(entry, sync=Sync(state=SyncState.HELD), approved=entry.sync)

    entries = tuple(map(hold, held_back.recording.entries))
    index = RecordingIndex(replace(held_back.recording, entries=entries))
    findings = [
        _finding(place, clever_id, FindingKind.MISSING)
        for place, earlier in approved.items()
        for clever_id in index.expectations.expected_ids(Kind.USERS, index.roster(*place))
        if clever_id not in index.roster(place[0], earlier).users
    ]

    [cause] = a_sync_late(index, findings)

    assert (
        "Every such difference follows one of the 2 syncs that your app held and a person approved"
    ) in cause.sentence
    assert "once a person approves it" in cause.remedy
    [in_vain] = approved_in_vain(index, findings)
    assert in_vain.sentence.startswith("What approved syncs have read is not in your app")
    assert list(approved_in_vain(held_back, findings)) == []


def test_the_last_records_of_each_list_are_what_does_not_fill_a_batch(
    demo: RecordingIndex,
) -> None:
    lost: dict[Place, list[str]] = {}
    for each in scenes(demo):
        read = [
            r for r in demo.deliveries.lists(each.district, each.day) if r.name.path == "/users"
        ]
        clever_ids = sorted(each.now.users)
        if read and read[0].complete and len(clever_ids) % BATCH:
            lost[each.district, each.day] = clever_ids[-(len(clever_ids) % BATCH) :]

    def look(place: Place, held: Snapshot) -> Snapshot:
        gone = lost.get(place, ())
        return replace(held, users=tuple(row for row in held.users if row.clever_id not in gone))

    index = shown(demo, look)
    findings = [
        _finding(place, clever_id, FindingKind.MISSING)
        for place, clever_ids in lost.items()
        for clever_id in clever_ids
    ]

    [cause] = list_ends_lost(index, findings)

    assert cause.id == "loses-part:last-records"
    assert f"does not fill a batch of {BATCH}." in cause.sentence
    assert len(cause.behind) == len(findings)
    assert list(list_ends_lost(shown(demo, lambda _, held: held), findings)) == []


@pytest.mark.parametrize(
    ("part", "words"), [("last", "the last name only"), ("first", "the first name only")]
)
def test_a_part_of_every_name_is_said_to_be_that_part(
    demo: RecordingIndex, part: str, words: str
) -> None:
    [district, *_] = demo.districts
    place = district, demo.days_of(district)[0]
    findings = [
        _finding(
            place,
            clever_id,
            FindingKind.FIELD,
            field="name",
            expected=f"{user['name']['first']} {user['name']['last']}",
            found=str({**user["name"]}[part]),
        )
        for clever_id, user in demo.roster(*place).users.items()
        if {"first", "last"} <= user["name"].keys()
        and user["name"]["first"] != user["name"]["last"]
    ]

    [cause] = name_in_part(demo, findings)

    assert cause.id == "part-of-name"
    assert f"Your app shows {words} of all {len(findings):,} users" in cause.sentence
    assert list(spelling(demo, findings)) == []


def test_an_address_that_somebody_else_had_until_that_sync_sets_it_apart(
    demo: RecordingIndex,
) -> None:
    taken = [
        (each, clever_id)
        for each in scenes(demo)
        if each.then
        for clever_id, user in each.now.users.items()
        if (email := user.get("email"))
        and ("email", email.casefold()) not in identifying(each.then.users.get(clever_id))
        and each.former_owners.get(("email", email.casefold()), set()) - {clever_id}
    ]
    places = {((each.district, each.day), clever_id) for each, clever_id in taken}

    def look(place: Place, held: Snapshot) -> Snapshot:
        def row(user: HeldUser) -> HeldUser:
            return replace(user, email=None) if (place, user.clever_id) in places else user

        return replace(held, users=tuple(map(row, held.users)))

    findings = [
        _finding(place, clever_id, FindingKind.FIELD, field="email") for place, clever_id in places
    ]

    [cause] = in_common(shown(demo, look), findings)

    assert cause.id == "in-common:email-had-by-another"
    assert "another user of the district had until that sync" in cause.sentence


def test_classes_whose_term_has_not_begun_have_that_in_common(demo: RecordingIndex) -> None:
    ahead = {
        ((each.district, each.day), clever_id)
        for each in scenes(demo)
        for clever_id, section in each.now.sections.items()
        if each.when(section) == "have not begun" and section["students"]
    }

    def look(place: Place, held: Snapshot) -> Snapshot:
        def row(section: HeldSection) -> HeldSection:
            return replace(section, students=()) if (place, section.clever_id) in ahead else section

        return replace(held, sections=tuple(map(row, held.sections)))

    findings = [
        _finding(place, clever_id, FindingKind.STUDENT, Kind.SECTIONS) for place, clever_id in ahead
    ]

    [cause] = in_common(shown(demo, look), findings)

    assert cause.id == "in-common:of:term-ahead"
    assert len(cause.behind) == len(findings)


def test_schools_that_the_app_took_away_are_compared_as_schools_it_lacks(
    demo: RecordingIndex,
) -> None:
    alone = {
        ((each.district, each.day), clever_id)
        for each in scenes(demo)
        for clever_id, user in each.now.users.items()
        if set(roles_of(user)) == {"student"} and clever_id not in each.classes
    }

    def look(place: Place, held: Snapshot) -> Snapshot:
        def row(user: HeldUser) -> HeldUser:
            roles = tuple(replace(role, schools=()) for role in user.roles)
            return replace(user, roles=roles) if (place, user.clever_id) in alone else user

        return replace(held, users=tuple(map(row, held.users)))

    findings = [_finding(place, clever_id, FindingKind.UNREAD) for place, clever_id in alone]

    [cause] = in_common(shown(demo, look), findings)

    assert cause.id == "in-common:of:student-in-no-class"
    assert "are students in no class" in cause.sentence


def test_a_role_that_clever_never_named_is_invented(demo: RecordingIndex) -> None:
    [district, *_] = demo.districts
    place = district, demo.days_of(district)[0]
    staff = [i for i, user in demo.roster(*place).users.items() if set(roles_of(user)) == {"staff"}]

    def look(_: Place, held: Snapshot) -> Snapshot:
        def row(user: HeldUser) -> HeldUser:
            more = (HeldRole(role="district_admin"),) if user.clever_id in staff else ()
            return replace(user, roles=(*user.roles, *more))

        return replace(held, users=tuple(map(row, held.users)))

    findings = [_finding(place, clever_id, FindingKind.ROLE) for clever_id in staff]

    [cause] = strangers(shown(demo, look), findings)

    assert cause.id == "invents-roles"
    assert "some that Clever has never named there" in cause.sentence


def test_what_is_wrong_with_records_that_came_back_is_one_cause(demo: RecordingIndex) -> None:
    back = [
        finding
        for each in scenes(demo)
        for clever_id in each.now.users
        if was_away(
            demo, finding := _finding((each.district, each.day), clever_id, FindingKind.SCHOOL)
        )
    ]
    schools = LikelyCause("restores-without:school", "They lack schools.", "Store.", back[:4])
    values = LikelyCause(
        "never-updates",
        "Values are old.",
        "Store.",
        [replace(back[5], finding_kind=FindingKind.FIELD)],
    )
    others = LikelyCause("never-clears", "It clears nothing.", "Clear.", [])

    [one, other] = one_of_returned(demo, [schools, values, others])

    assert (
        "not as Clever shares them now: schools (4) and values (1) are as they were" in one.sentence
    )
    assert len(one.behind) == 5
    assert other is others


def test_one_value_that_stays_is_not_said_to_be_so_of_all(demo: RecordingIndex) -> None:
    place, clever_id, former = next(
        (place, clever_id, old["email"])
        for place, earlier in _steps(demo)
        for clever_id, user in demo.roster(*place).users.items()
        if (old := demo.roster(place[0], earlier).users.get(clever_id))
        and old.get("email")
        and user.get("email")
        and old["email"] != user["email"]
        and not was_away(demo, _finding(place, clever_id, FindingKind.FIELD))
    )
    alone = scene(demo, *place)
    quiet = _finding(place, clever_id, FindingKind.FIELD, field="email", found=former)

    causes = list(stale(demo, [quiet]))

    assert alone.then is not None
    assert not any("never updates" in cause.sentence for cause in causes)
