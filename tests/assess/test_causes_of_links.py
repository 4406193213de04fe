"""What is wrong with links is told apart: never there, lost for a while, or of another sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from assess.altered import Place, shown
from rehearsing import recorded

from harness.assess.causes.changed_lists import never_added
from harness.assess.causes.districts import touched
from harness.assess.causes.failures import unread as of_failures
from harness.assess.causes.former_lists import away_before
from harness.assess.causes.lists import nobody_has_any
from harness.assess.causes.presence import archived
from harness.assess.causes.relationships import other_relationships
from harness.assess.causes.removals import in_common
from harness.assess.causes.time import deletes, keeps_active
from harness.assess.causes.values import unrelated
from harness.assess.causes.vendor import own_lost
from harness.assess.findings import ACCOUNT, OTHER_RELATIONSHIP, Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldUser, Snapshot, Status, StudentRelationship
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind, User, roles_of
from harness.plan.plan import NEIGHBOUR
from harness.recording.recording import Entry, LoggedRequest, SnapshotTaken


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _ties(user: User) -> dict[str, str]:
    contact = user["roles"].get("contact")
    return (
        {tie["student"]: tie["relationship"] for tie in contact["student_relationships"]}
        if (contact)
        else {}
    )


def _finding(
    place: Place, clever_id: str, finding_kind: FindingKind, field: str = "", requirement: str = ""
) -> Finding:
    return Finding(
        check="standing/whatever",
        requirement=requirement,
        district=place[0],
        day=place[1],
        finding_kind=finding_kind,
        kind=Kind.USERS,
        clever_id=clever_id,
        name="Somebody",
        sentence="Clever makes Somebody parent of Sofie, your app other of Sofie.",
        field=field,
    )


def _with_ties(
    index: RecordingIndex, place: Place, ties: Callable[[str], dict[str, str] | None]
) -> RecordingIndex:
    """The year of an app that shows some contacts with other ties after a sync."""

    def changed(row: HeldUser) -> HeldUser:
        own = ties(row.clever_id)
        if own is None:
            return row
        links = (StudentRelationship(student=i, relationship=kind) for i, kind in own.items())
        return replace(row, student_relationships=tuple(links))

    def look(where: Place, taken: Snapshot) -> Snapshot:
        return replace(taken, users=tuple(map(changed, taken.users))) if where == place else taken

    return shown(index, look)


def _changed_ties(index: RecordingIndex) -> Iterator[tuple[Place, str, dict[str, str]]]:
    """Each contact who becomes something else to the same students, with what they were before."""
    for district in index.districts:
        for earlier, day in pairwise(index.days_of(district)):
            then, now = (index.roster(district, one).users for one in (earlier, day))
            for clever_id in sorted(then.keys() & now.keys()):
                was, ties = _ties(then[clever_id]), _ties(now[clever_id])
                if was != ties and was.keys() == ties.keys():
                    yield (district, day), clever_id, was


def test_a_relationship_of_before_is_said_to_be_that(demo: RecordingIndex) -> None:
    place, contact, was = next(_changed_ties(demo))
    index = _with_ties(demo, place, lambda i: was if i == contact else None)
    finding = _finding(place, contact, FindingKind.STUDENT_RELATIONSHIP, OTHER_RELATIONSHIP)

    [cause] = other_relationships(index, [finding])

    assert (
        cause.sentence == "One contact has the relationship to a student that Clever named before."
    )
    assert "on every sync" in cause.remedy


def test_one_relationship_for_all_students_is_said_to_be_that(demo: RecordingIndex) -> None:
    """And nothing is said to be missing in a list that has all of its students."""
    place = (demo.districts[0], demo.days_of(demo.districts[0])[-1])
    users = demo.roster(*place).users
    contact = next(i for i in sorted(users) if len({*_ties(users[i]).values()}) > 1)
    alike = dict.fromkeys(_ties(users[contact]), "Aunt/Uncle of all")
    index = _with_ties(demo, place, lambda i: alike if i == contact else None)
    finding = _finding(place, contact, FindingKind.STUDENT_RELATIONSHIP, OTHER_RELATIONSHIP)

    [cause] = other_relationships(index, [finding])

    assert cause.sentence.startswith("One contact has one relationship to several students")
    assert not list(never_added(index, [finding, replace(finding, check="standing/other")]))


def test_links_that_were_there_at_first_are_not_said_to_be_left_out(demo: RecordingIndex) -> None:
    district = demo.districts[0]
    first, *_, last = demo.days_of(district)
    contacts = [i for i, user in sorted(demo.roster(district, last).users.items()) if _ties(user)]
    findings = [
        _finding((district, last), i, FindingKind.STUDENT_RELATIONSHIP) for i in contacts[:9]
    ]
    later = _with_ties(demo, (district, last), lambda clever_id: {})
    always = _with_ties(later, (district, first), lambda clever_id: {})

    assert not list(nobody_has_any(later, findings))
    assert [cause.id for cause in nobody_has_any(always, findings)] == ["nobody-has-any:student"]


def test_links_that_go_while_another_district_syncs_are_put_down_to_that(
    demo: RecordingIndex,
) -> None:
    *_, day = demo.days_of(NEIGHBOUR)
    users = demo.roster(NEIGHBOUR, day).users
    contacts = [i for i in sorted(users) if _ties(users[i])][:5]

    def change(entry: Entry) -> Entry:
        place = (NEIGHBOUR, day, "publish")
        if not isinstance(entry, SnapshotTaken) or (
            (entry.district, entry.day, entry.after) != place
        ):
            return entry
        rows = (replace(row, student_relationships=()) for row in entry.snapshot.users)
        return replace(entry, snapshot=replace(entry.snapshot, users=tuple(rows)))

    entries = tuple(map(change, demo.recording.entries))
    index = RecordingIndex(replace(demo.recording, entries=entries))
    findings = [
        _finding((NEIGHBOUR, day), i, FindingKind.CHANGED, requirement="G6") for i in contacts
    ]

    assert len(contacts) > 1
    assert not list(touched(demo, findings))
    [cause] = touched(index, findings)
    assert cause.id == "touches-another-district"
    assert cause.behind == findings


def test_an_app_that_reads_events_is_told_which_events_to_apply(demo: RecordingIndex) -> None:
    """After a sync that read lists it is told what to do after a complete read."""
    place = ("common", "departures")
    kept = [_finding(place, "1" * 24, FindingKind.NOT_ARCHIVED)]
    gone = [_finding(place, "1" * 24, FindingKind.INACTIVE)]
    header = replace(demo.recording.header, mode=Mode.EVENTS)

    def asking(entry: Entry) -> Entry:
        return replace(entry, path="/v3.1/events") if isinstance(entry, LoggedRequest) else entry

    lists = RecordingIndex(replace(demo.recording, header=header))
    entries = tuple(map(asking, demo.recording.entries))
    events = RecordingIndex(replace(demo.recording, header=header, entries=entries))

    for index, named in ((demo, False), (lists, False), (events, True)):
        [cause] = keeps_active(index, kept)
        assert ("a `users.deleted` event names" in cause.remedy) is named
        assert ("After a complete read" in cause.remedy) is not named
        [cause] = archived(index, gone)
        assert ("what a `deleted` event names" in cause.remedy) is named


def test_contacts_who_come_back_without_their_students_are_said_to_come_back(
    demo: RecordingIndex,
) -> None:
    """Of those who come back with students of before it is their list that is old."""
    place, back = next(
        ((district, day), returned)
        for district in demo.districts
        for day in demo.days_of(district)
        if (returned := list(_returned(demo, district, day)))
    )
    findings = [_finding(place, i, FindingKind.STUDENT_RELATIONSHIP) for i in back]
    alone = _with_ties(demo, place, lambda i: {} if i in back else None)
    others = _with_ties(demo, place, lambda i: {"0" * 24: "Aunt/Uncle"} if i in back else None)

    assert [cause.id for cause in away_before(alone, findings)] == ["restores-without:student"]
    assert not list(away_before(others, findings))


def _returned(index: RecordingIndex, district: str, day: str) -> Iterator[str]:
    """Contacts of students who were shared, then not, and again on a day."""
    before = [index.roster(district, one).users for one in index.before(district, day)]
    for clever_id, user in sorted(index.roster(district, day).users.items()):
        there = [clever_id in users for users in before]
        if _ties(user) and any(there) and not there[-1]:
            yield clever_id


def test_the_only_one_who_stays_in_use_is_set_apart_by_what_no_other_has(
    demo: RecordingIndex,
) -> None:
    (place, clever_id), *others = (
        ((district, day), i)
        for district in demo.districts
        for earlier, day in pairwise(demo.days_of(district))
        for i, user in sorted(demo.roster(district, earlier).users.items())
        if i not in demo.roster(district, day).users and len(roles_of(user)) > 1
    )
    never_held = {i for _, i in others}

    def look(where: Place, taken: Snapshot) -> Snapshot:
        rows = (
            replace(row, status=Status.ACTIVE)
            if where == place and row.clever_id == clever_id
            else row
            for row in taken.users
            if row.clever_id not in never_held
        )
        return replace(taken, users=tuple(rows))

    finding = _finding(place, clever_id, FindingKind.NOT_ARCHIVED)

    words = in_common(shown(demo, look), [finding])

    assert words.startswith(" The only one has several roles, unlike the ")


def test_relationships_without_a_word_are_told_from_others_that_are_skipped(
    demo: RecordingIndex,
) -> None:
    place = (NEIGHBOUR, str(demo.days_of(NEIGHBOUR)[0]))
    users = demo.roster(*place).users
    wordless = {i: _ties(user) for i, user in users.items() if "" in _ties(user).values()}
    findings = [
        replace(
            _finding(place, i, FindingKind.STUDENT_RELATIONSHIP, "student_relationships"),
            found="nobody's contact",
        )
        for i in wordless
    ]
    kept = {i: {s: kind for s, kind in ties.items() if kind} for i, ties in wordless.items()}

    [cause] = unrelated(_with_ties(demo, place, kept.get), findings)

    assert cause.id == "relationships-skipped"
    assert cause.sentence.endswith("that it lacks have an empty `relationship`.")


def test_other_students_are_no_other_relationships(demo: RecordingIndex) -> None:
    place = (NEIGHBOUR, str(demo.days_of(NEIGHBOUR)[0]))
    users = demo.roster(*place).users
    one, two = [i for i, user in users.items() if _ties(user)][:2]
    index = _with_ties(demo, place, {one: _ties(users[two])}.get)

    [cause] = other_relationships(
        index, [_finding(place, one, FindingKind.STUDENT_RELATIONSHIP, "student_relationships")]
    )

    assert cause.sentence == "One contact has other students in your app than Clever names."


def test_an_account_from_before_clever_that_is_gone_was_never_shared(demo: RecordingIndex) -> None:
    place = (NEIGHBOUR, str(demo.days_of(NEIGHBOUR)[0]))
    gone = _finding(
        place, next(iter(demo.roster(*place).users)), FindingKind.LOST, f"{ACCOUNT}email"
    )
    local = replace(_finding(place, "", FindingKind.LOCAL_RECORD_LOST), kind="", clever_id="")

    assert list(deletes(demo, [gone])) == []
    [cause] = own_lost(demo, [gone, local])
    assert gone in cause.behind


def test_what_lost_a_member_after_events_is_not_said_to_be_out_of_use(
    demo: RecordingIndex,
) -> None:
    place = (NEIGHBOUR, str(demo.days_of(NEIGHBOUR)[0]))
    header = replace(demo.recording.header, mode=Mode.EVENTS)
    index = RecordingIndex(replace(demo.recording, header=header))
    unread = _finding(place, next(iter(demo.roster(*place).sections)), FindingKind.UNREAD)
    without = replace(unread, kind=Kind.SECTIONS, found="without a student")
    archived_row = replace(unread, kind=Kind.SECTIONS, found="archived")

    [cause] = of_failures(index, [without, archived_row])

    assert cause.behind == [archived_row]
