"""What a sync changed is told in events, derived from the rosters before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from district.story import Story, Tell

from harness.district.clever.event_payloads import event_object, previous_attributes
from harness.district.clever.events import Action, Event, EventOrder, events_between
from harness.district.clever.rules import share
from harness.district.data_model.records import Kind, Record, Role, User
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.rollover import roll_over

AT = datetime(2026, 2, 4, 16, 5, 7, 459_000, tzinfo=UTC)
CAST = """
    Maya:     {student: {school: elementary, sections: [Art]}}
    Leo:      {student: {school: elementary, sections: [Art]}}
    Art:      {section: {teacher: Mr Okoye, term: Autumn}}
    Autumn:   {term: {school: elementary}}
    Mr Okoye: {teacher: {school: elementary}}
    Aunt May: {contact: {of: {Maya: Aunt/Uncle}}}
    Zoe:      {student: {school: high, grade: "12"}}
    Mr Zed:   {contact: {of: {Zoe: Parent}}}
"""


def _events(story: Story, order: EventOrder = EventOrder.DOCUMENTED) -> tuple[Event, ...]:
    before, after = story.rosters[-2:]
    return events_between(before, after, at=AT, order=order)


def _of(story: Story, name: str, events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.record["id"] == story.id(name)]


def _previous(event: Event) -> dict[str, Any]:
    assert event.before is not None
    return previous_attributes(event.kind, event.before, event.record)


def test_a_sync_without_changes_tells_only_that_there_was_one(tell: Tell) -> None:
    story = tell(CAST)
    story.next_day()

    (event,) = _events(story)

    assert event.type == "districts.updated"
    assert list(_previous(event)) == ["last_sync"]


def test_a_student_who_leaves_is_deleted_with_their_last_state(tell: Tell) -> None:
    story = tell(CAST, "Maya leaves: {leave: Maya}")
    last = story.user("Maya")
    story.play("Maya leaves")

    events = _events(story)

    (event,) = _of(story, "Maya", events)
    assert event.type == "users.deleted"
    assert event.record is last
    assert [event.type for event in _of(story, "Aunt May", events)] == ["users.deleted"]
    (section,) = _of(story, "Art", events)
    assert section.type == "sections.updated"
    assert _previous(section) == {"students": sorted([story.id("Maya"), story.id("Leo")])}


def test_sharing_tells_the_same_as_coming_and_going(tell: Tell) -> None:
    story = tell(CAST, "hidden: {unshare: Leo}\nshown: {share: Leo}")
    created = story.user("Leo")["created"]

    story.play("hidden")
    (gone,) = _of(story, "Leo", _events(story))
    story.play("shown")
    (back,) = _of(story, "Leo", _events(story))

    assert (gone.action, back.action) == (Action.DELETED, Action.CREATED)
    assert cast(User, back.record)["created"] == created


def test_a_term_with_another_name_is_another_term(tell: Tell) -> None:
    story = tell(CAST, "renamed: {rename: {who: Autumn, name: Fall}}")
    old = story.id("Autumn")
    story.play("renamed")

    told_of = {(event.type, event.record["id"]) for event in _events(story)}

    assert ("terms.deleted", old) in told_of
    assert ("terms.created", story.id("Autumn")) in told_of


def test_a_changed_name_is_told_whole_and_an_unchanged_field_not_at_all(tell: Tell) -> None:
    story = tell(CAST, "renamed: {rename: {who: Leo, last: Other}}")
    before = story.user("Leo")["name"]
    story.play("renamed")

    (event,) = _of(story, "Leo", _events(story))

    assert _previous(event) == {"name": before}


def test_nested_fields_are_told_by_the_leaf_and_lists_whole() -> None:
    before: Any = {
        "id": "1",
        "last_modified": "then",
        "roles": {"teacher": {"schools": ["a", "b"], "ext": {"x": "1", "y": "2"}, "title": ""}},
    }
    after: Any = {
        "id": "1",
        "last_modified": "now",
        "roles": {
            "teacher": {"schools": ["a"], "ext": {"x": "1", "y": "3"}, "title": ""},
            "staff": {"schools": ["a"]},
        },
    }

    forth = previous_attributes(Kind.USERS, before, after)
    back = previous_attributes(Kind.USERS, after, before)

    assert forth == {"roles": {"teacher": {"schools": ["a", "b"], "ext": {"y": "2"}}}}
    assert back == {
        "roles": {"teacher": {"schools": ["a"], "ext": {"y": "3"}}, "staff": {"schools": ["a"]}}
    }


def test_what_was_not_there_before_is_null_where_nothing_else_changed_and_else_left_out() -> None:
    before: Any = {"id": "1", "name": {"first": "Maya"}, "roles": {"teacher": {"title": ""}}}
    added: Any = {**before, "email": "m@example.com", "roles": {**before["roles"], "staff": {}}}
    renamed: Any = {**added, "name": {"first": "May"}}

    assert previous_attributes(Kind.USERS, before, added) == {
        "email": None,
        "roles": {"staff": None},
    }
    assert previous_attributes(Kind.USERS, before, renamed) == {"name": {"first": "Maya"}}


def test_the_moment_of_a_change_is_no_change() -> None:
    before: Any = {"id": "1", "last_modified": "then", "name": "Elm"}
    after: Any = {"id": "1", "last_modified": "now", "name": "Elm"}

    assert previous_attributes(Kind.SCHOOLS, before, after) == {}


def test_an_event_shows_no_copied_address_and_the_flat_fields_of_contacts(tell: Tell) -> None:
    story = tell(CAST)

    student = event_object(Kind.USERS, story.user("Maya"))["roles"]["student"]
    contact = event_object(Kind.USERS, story.user("Aunt May"))["roles"]["contact"]

    assert "email" in story.user("Maya")["roles"]["student"]
    assert "email" not in student
    assert contact["relationship"] == "Aunt/Uncle"
    assert contact["type"] == contact["student_relationships"][0]["type"]
    assert contact["students"] == [story.id("Maya")]
    assert "students" not in story.user("Aunt May")["roles"]["contact"]


def test_a_new_relation_shows_in_old_and_new_fields(tell: Tell) -> None:
    story = tell(CAST, "also: {relate: {contact: Aunt May, student: Leo, as: Aunt/Uncle}}")
    story.play("also")

    (event,) = _of(story, "Aunt May", _events(story))

    contact = _previous(event)["roles"]["contact"]
    assert sorted(contact) == ["student_relationships", "students"]
    assert contact["students"] == [story.id("Maya")]


def _connected_and_rolled_over(tell: Tell) -> tuple[Story, Roster, Roster]:
    story = tell(CAST)
    first = story.roster
    sis = roll_over(replace(story.sis, at=timestamp(AT)))
    return story, first, share(sis, at=AT, previous=first)


def _group(event: Event) -> str:
    if event.kind is not Kind.USERS:
        return event.type
    held = cast(User, event.record)["roles"]
    ordered = (Role.DISTRICT_ADMIN, Role.STUDENT, Role.CONTACT, Role.TEACHER, Role.STAFF)
    return f"{next(role for role in ordered if role in held)}.{event.action}"


def _groups(events: Sequence[Event]) -> list[str]:
    return list(dict.fromkeys(map(_group, events)))


def test_a_district_connects_in_the_documented_order(tell: Tell) -> None:
    _, first, _ = _connected_and_rolled_over(tell)

    events = events_between(None, first, at=AT)

    assert _groups(events) == [
        f"{group}.created"
        for group in (
            "districts", "district_admin", "schools", "terms", "courses", "student", "contact",
            "teacher", "sections", "staff",
        )
    ]  # fmt: skip
    assert len(events) == sum(len(first.of(kind)) for kind in Kind)


def test_a_rollover_creates_then_updates_then_deletes(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    groups = _groups(events_between(first, second, at=AT))

    assert groups == [
        "terms.created", "courses.created", "student.created", "sections.created",
        "districts.updated", "student.updated",
        "sections.deleted", "contact.deleted", "student.deleted", "terms.deleted",
        "courses.deleted",
    ]  # fmt: skip


def test_the_recorded_order_goes_by_kind_and_deletes_last(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    events = events_between(first, second, at=AT, order=EventOrder.RECORDED)

    assert _groups(events) == [
        "districts.updated", "terms.created", "courses.created", "student.created",
        "student.updated", "sections.created",
        "terms.deleted", "courses.deleted", "student.deleted", "contact.deleted",
        "sections.deleted",
    ]  # fmt: skip
    connected = _groups(events_between(None, first, at=AT, order=EventOrder.RECORDED))
    assert connected[4:7] == ["student.created", "teacher.created", "contact.created"]


def test_both_orders_tell_the_same(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    def described(order: EventOrder) -> set[tuple[str, str]]:
        return {
            (event.type, event.record["id"])
            for event in events_between(first, second, at=AT, order=order)
        }

    assert described(EventOrder.DOCUMENTED) == described(EventOrder.RECORDED)


def test_records_of_one_group_come_by_ascending_id(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    for order in EventOrder:
        by_group: dict[str, list[str]] = {}
        for event in events_between(first, second, at=AT, order=order):
            by_group.setdefault(_group(event), []).append(event.record["id"])
        assert all(ids == sorted(ids) for ids in by_group.values())


def test_ids_ascend_begin_with_the_second_and_are_the_same_each_time(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    events, again = events_between(first, second, at=AT), events_between(first, second, at=AT)

    ids = [event.id for event in events]
    assert ids == sorted(set(ids))
    assert all(len(identity) == 24 for identity in ids)
    assert all(int(event.id[:8], 16) == event.created.timestamp() for event in events)
    assert events == again


def test_a_batch_is_written_within_seconds_and_minutes_after_the_sync(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    events = events_between(first, second, at=AT)

    seconds = [event.created - events[0].created for event in events]
    assert seconds[:6] == [timedelta(0)] * 5 + [timedelta(seconds=1)]
    assert events[0].created.microsecond == 0
    assert timedelta(seconds=60) < events[0].created - AT < timedelta(seconds=120)


def test_a_later_batch_of_the_same_moment_still_comes_after(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)
    before = events_between(None, first, at=AT)

    events = events_between(first, second, at=AT, after=before[-1].id)

    assert events[0].id > before[-1].id


def test_syncs_in_quick_succession_have_events_of_the_same_second(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)
    a_moment_before = AT - timedelta(milliseconds=400)
    earlier = events_between(first, second, at=a_moment_before)

    later = events_between(second, first, at=AT, after=earlier[-1].id)

    of_record = {event.record["id"]: event for event in earlier}
    together = [event for event in later if event.created == of_record[event.record["id"]].created]
    assert len(together) > len(later) / 2
    ids = [event.id for event in (*earlier, *later)]
    assert ids == sorted(set(ids))


def test_equal_records_are_no_change_even_when_they_are_copies(tell: Tell) -> None:
    _, first, _ = _connected_and_rolled_over(tell)
    copied: Any = {key: {**cast(dict[str, Any], row)} for key, row in first.users.items()}

    assert events_between(first, replace(first, users=copied), at=AT) == ()


def test_a_record_type_never_hides_in_another(tell: Tell) -> None:
    _, first, second = _connected_and_rolled_over(tell)

    for event in events_between(first, second, at=AT):
        held: dict[str, Record] = {**first.of(event.kind), **second.of(event.kind)}
        assert event.record["id"] in held
