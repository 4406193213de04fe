"""What the demo vendor holds after its syncs: the reference answers."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from demo.pretend_clever import PretendClever, Rehearsal, Shared

from harness.contract.adapter import Capability, capabilities
from harness.contract.snapshot import (
    Held,
    HeldRole,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
    Work,
)
from harness.contract.sync import Mode, SyncState
from harness.demo.adapter import DemoAdapter


def user(snapshot: Snapshot, clever_id: str) -> HeldUser:
    [found] = [one for one in snapshot.users if one.clever_id == clever_id]
    return found


def records(held: Snapshot) -> tuple[Held, ...]:
    return (*held.schools, *held.terms, *held.courses, *held.sections, *held.users)


def statuses(snapshot: Snapshot) -> dict[str, Status]:
    return {record.clever_id: record.status for record in records(snapshot)}


def ids(snapshot: Snapshot) -> dict[str, str]:
    return {record.clever_id: record.app_id for record in records(snapshot)}


def test_a_first_sync_holds_what_the_district_shares(rehearsal: Rehearsal) -> None:
    rehearsal.sync()

    held = rehearsal.holds()
    assert [school.name for school in held.schools] == ["North School", "South School"]
    assert [term.name for term in held.terms] == ["Fall"]
    assert [course.name for course in held.courses] == ["Reading"]
    art, math = held.sections
    assert (art.school, art.course, art.term) == ("north", "reading", "fall")
    assert art.teachers == ("amy", "ben", "dee")
    assert art.students == ("leo", "maya")
    assert (math.school, math.course, math.term) == ("south", None, None)
    assert user(held, "maya").email == "maya@example.org"


def test_the_app_has_ids_of_its_own(rehearsal: Rehearsal) -> None:
    rehearsal.sync()

    for held in rehearsal.holds().users:
        assert held.app_id.isdigit()
        assert held.app_id != held.clever_id


def test_people_keep_all_their_schools_and_roles(rehearsal: Rehearsal) -> None:
    rehearsal.sync()

    held = rehearsal.holds()
    assert user(held, "zoe").roles == (HeldRole(role="student", schools=("south", "north")),)
    assert user(held, "dee").roles == (
        HeldRole(role="teacher", schools=("north",)),
        HeldRole(role="staff", schools=("north", "south")),
    )
    assert user(held, "ada").roles == (HeldRole(role="district_admin"),)


def test_a_contact_has_a_relationship_of_its_own_to_every_student(rehearsal: Rehearsal) -> None:
    rehearsal.sync()

    carl = user(rehearsal.holds(), "carl")
    assert carl.student_relationships == (
        StudentRelationship(student="maya", relationship="Parent"),
        StudentRelationship(student="leo", relationship="Aunt/Uncle"),
    )
    assert (carl.first_name, carl.last_name, carl.email) == (None, "Carl Contact", None)


def test_a_second_sync_changes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    before = rehearsal.holds()

    rehearsal.sync()

    assert rehearsal.holds() == before


@pytest.mark.parametrize(
    ("kind", "id"),
    [
        ("users", "maya"),
        ("users", "amy"),
        ("sections", "art"),
        ("courses", "reading"),
        ("terms", "fall"),
        ("schools", "south"),
    ],
)
def test_what_disappears_is_archived_and_returns_as_the_same_record(
    rehearsal: Rehearsal, lakeside: Shared, kind: str, id: str
) -> None:
    rehearsal.sync()
    before = rehearsal.holds()

    away = lakeside.drop(kind, id)
    rehearsal.sync()
    archived = statuses(rehearsal.holds())
    assert archived.pop(id) is Status.ARCHIVED
    assert set(archived.values()) == {Status.ACTIVE}

    lakeside.give(kind, away)
    rehearsal.sync()
    assert ids(rehearsal.holds()) == ids(before)
    assert statuses(rehearsal.holds()) == statuses(before)


def test_work_stays_with_the_student_through_moves_absence_and_a_deleted_class(
    rehearsal: Rehearsal, lakeside: Shared
) -> None:
    rehearsal.sync()
    rehearsal.finish("maya")
    maya = user(rehearsal.holds(), "maya").app_id

    lakeside.drop("sections", "art")
    rehearsal.sync()
    away = lakeside.drop("users", "maya")
    rehearsal.sync()
    lakeside.give("users", away)
    rehearsal.sync()

    assert rehearsal.holds().progress == (Work(account=maya, lesson="Chapter one"),)


def test_a_moved_student_leaves_the_old_class(rehearsal: Rehearsal, lakeside: Shared) -> None:
    rehearsal.sync()

    lakeside.section("art", "north", ["ben"], ["leo"])
    rehearsal.sync()

    art = rehearsal.holds().sections[0]
    assert (art.teachers, art.students) == (("ben",), ("leo",))


def test_a_changed_person_is_updated_in_place(rehearsal: Rehearsal, lakeside: Shared) -> None:
    rehearsal.sync()
    before = user(rehearsal.holds(), "dee")

    lakeside.person("dee", email="", last="Newname", teacher={"schools": ["south"]})
    rehearsal.sync()

    after = user(rehearsal.holds(), "dee")
    assert after.app_id == before.app_id
    assert (after.last_name, after.email) == ("Newname", None)
    assert after.roles == (HeldRole(role="teacher", schools=("south",)),)


def test_optional_values_may_be_null_or_missing(rehearsal: Rehearsal, lakeside: Shared) -> None:
    lakeside.put("users", "bare", name=None, email=None, roles={"student": {"schools": None}})
    lakeside.put("users", "barer", roles={"superintendent": None})
    lakeside.put("sections", "blank", name=None, teachers=None, students=["bare"])
    lakeside.put("terms", "nameless")

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert user(rehearsal.holds(), "bare").roles == (HeldRole(role="student"),)


def test_a_failure_while_writing_takes_everything_back(
    rehearsal: Rehearsal, lakeside: Shared
) -> None:
    rehearsal.sync()
    before = rehearsal.holds()
    lakeside.student("maya", "south", last="Changed")
    del lakeside.records["users"]["zoe"]["id"]

    ended = rehearsal.sync()

    assert ended.state is SyncState.FAILED
    assert "KeyError" in ended.reason
    assert rehearsal.holds() == before


def test_what_could_not_be_read_is_not_archived(
    rehearsal: Rehearsal, clever: PretendClever
) -> None:
    rehearsal.sync()
    before = rehearsal.holds()
    clever.trouble = [("users?limit=100&starting_after", lambda: httpx.Response(500))] * 6

    assert rehearsal.sync().state is SyncState.REFUSED
    assert rehearsal.holds() == before
    assert rehearsal.sync().state is SyncState.COMPLETED


def test_districts_do_not_touch_each_other(lakeside: Shared) -> None:
    hillside = Shared("hillside")
    hillside.put("schools", "hill", name="Hill School")
    hillside.student("mia", "hill", email="maya@example.org", sis_id="s-maya")
    rehearsal = Rehearsal(DemoAdapter, PretendClever(lakeside, hillside))
    rehearsal.sync("lakeside")
    before = rehearsal.holds("lakeside")

    rehearsal.sync("hillside")

    assert rehearsal.holds("lakeside") == before
    assert [held.clever_id for held in rehearsal.holds("hillside").users] == ["mia"]


def test_users_and_groups_of_the_app_itself_survive_every_sync(
    rehearsal: Rehearsal, lakeside: Shared
) -> None:
    rehearsal.sync()
    own = rehearsal.holds()

    lakeside.records["users"].clear()
    rehearsal.sync()

    after = rehearsal.holds()
    assert [one.name for one in after.local_users] == ["Lantern Administrator"]
    assert [one.name for one in after.local_groups] == ["Reading circle"]
    assert after.local_users == own.local_users


def test_a_named_database_is_found_again_by_the_next_run(
    clever: PretendClever, tmp_path: Path
) -> None:
    first = Rehearsal(DemoAdapter, clever, database=str(tmp_path / "lantern.db"))
    first.sync()

    second = Rehearsal(DemoAdapter, clever, database=tmp_path / "lantern.db")

    assert second.holds() == first.holds()
    assert second.holds().users


def test_a_database_of_its_own_goes_when_the_app_goes(clever: PretendClever) -> None:
    app = DemoAdapter()
    folder = app.database.parent
    assert folder.is_dir()

    del app

    assert not folder.exists()


def test_a_district_that_was_never_connected_holds_nothing(rehearsal: Rehearsal) -> None:
    assert rehearsal.holds() == Snapshot()


def test_only_a_person_with_an_account_in_use_can_finish_a_lesson(
    rehearsal: Rehearsal, lakeside: Shared
) -> None:
    rehearsal.sync()
    lakeside.drop("users", "maya")
    rehearsal.sync()

    with pytest.raises(LookupError, match="no active account for maya"):
        rehearsal.finish("maya")


def test_a_mode_that_was_not_declared_is_refused(rehearsal: Rehearsal) -> None:
    ended = rehearsal.app.sync(rehearsal.connection(), Mode.EVENTS)

    assert ended.state is SyncState.REFUSED


def test_the_adapter_keeps_progress_and_approves_nothing() -> None:
    assert capabilities(DemoAdapter()) == {
        Capability.PROGRESS,
        Capability.MATCHING,
        Capability.EDITS,
        Capability.KILL,
    }
