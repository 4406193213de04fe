"""Every mutant of the demo vendor makes the one mistake it is listed with."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import httpx
import pytest
from demo.pretend_clever import PretendClever, Rehearsal, Shared

import harness.demo.mutants
from harness.contract.snapshot import Guardian, Held, HeldRole, HeldUser, Snapshot, Status
from harness.contract.sync import SyncState
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.catalogue import ALIASES, MUTANTS


def adapter(alias: str) -> type[DemoAdapter]:
    module, _, name = ALIASES[alias].removeprefix("python:").partition(":")
    found: type[DemoAdapter] = getattr(importlib.import_module(module), name)
    return found


def beside(name: str, *districts: Shared) -> Rehearsal:
    return Rehearsal(adapter(name), PretendClever(*districts))


def synced(name: str, *districts: Shared) -> Rehearsal:
    rehearsal = beside(name, *districts)
    assert rehearsal.sync().state is SyncState.COMPLETED
    return rehearsal


def users(snapshot: Snapshot, clever_id: str) -> list[HeldUser]:
    return [user for user in snapshot.users if user.clever_id == clever_id]


def user(snapshot: Snapshot, clever_id: str) -> HeldUser:
    [found] = users(snapshot, clever_id)
    return found


def status(snapshot: Snapshot, clever_id: str) -> Status:
    places: tuple[Held, ...] = (*snapshot.schools, *snapshot.terms, *snapshot.courses)
    held = (*places, *snapshot.sections, *snapshot.users)
    [found] = [one for one in held if one.clever_id == clever_id]
    return found.status


def account(rehearsal: Rehearsal, clever_id: str) -> str:
    return user(rehearsal.holds(), clever_id).app_id


def absent(rehearsal: Rehearsal, shared: Shared) -> set[str]:
    """People whom the district shares and the app does not hold in use."""
    held = rehearsal.holds().users
    return set(shared.records["users"]) - {u.clever_id for u in held if u.status is Status.ACTIVE}


def away_and_back(rehearsal: Rehearsal, shared: Shared, kind: str, id: str) -> None:
    record = shared.drop(kind, id)
    rehearsal.sync()
    shared.give(kind, record)
    rehearsal.sync()


def test_all_mutants_are_listed() -> None:
    modules = pkgutil.iter_modules(harness.demo.mutants.__path__, "harness.demo.mutants.")
    written = {
        f"{module.name}:{name}"
        for module in modules
        for name, one in vars(importlib.import_module(module.name)).items()
        if inspect.isclass(one)
        and issubclass(one, LanternAdapter)
        and one.__module__ == module.name
    }

    assert {listing.target for listing in MUTANTS.values()} == written
    assert all(listing.what and listing.mistake for listing in MUTANTS.values())


def test_a_mutant_is_a_few_lines() -> None:
    for name in MUTANTS:
        lines = inspect.getsource(adapter(name)).splitlines()
        assert len(lines) <= 30, f"{name} has {len(lines)} lines"


MISTAKES_OF_LATER_DAYS = (
    "new-account-on-return",
    "not-idempotent",
    "rebuilds-classes",
    "hard-delete",
    "never-archives",
    "forgets-terms-and-courses",
    "never-restores",
    "never-restores-terms-and-courses",
    "restores-empty-classes",
    "restores-people-without-classes",
    "misses-the-second-class",
    "crosses-districts",
    "ignores-unsharing",
    "never-updates",
    "keeps-old-class",
    "never-takes-roles-away",
    "wipes-own-groups",
    "keeps-to-its-night",
    "history-tied-to-section",
    "forgets-work-of-archived",
    "leaves-work-in-the-browser",
    "archives-what-it-could-not-read",
    "says-it-went-well",
    "never-retries",
    "keyed-on-legacy-id",
    "keeps-old-person-active",
    "stays-locked-out",
    "loses-work-on-new-number",
    "matches-again-by-address",
    "refuses-known-addresses",
    "keeps-taken-addresses",
)


@pytest.mark.parametrize("name", MISTAKES_OF_LATER_DAYS)
def test_a_mistake_of_later_days_does_not_show_on_the_first(name: str, lakeside: Shared) -> None:
    reference = synced("", lakeside)

    assert synced(name, lakeside).holds() == reference.holds()


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("first-page-only", {"carl", "cy", "dee", "leo", "maya", "noor", "zoe", "ben"}),
        ("drops-admins", {"ada"}),
        ("drops-people-without-classes", {"gus"}),
        ("drops-people-without-email", {"carl"}),
        ("merges-colleagues", {"dee2"}),
        ("merges-namesakes", {"maya2"}),
        ("keyed-on-email", {"amy"}),
        ("keyed-on-sis-id", {"cy"}),
    ],
)
def test_people_are_missing_from_the_first_day(
    name: str, missing: set[str], lakeside: Shared
) -> None:
    if name == "drops-people-without-classes":
        lakeside.student("gus", "north")
    elif name == "merges-colleagues":
        lakeside.put("users", "dee2", name={"first": "Dee", "last": "DEE"}, roles={"staff": {}})
    elif name == "merges-namesakes":
        lakeside.put(
            "users", "maya2", name={"first": "Maya", "last": "MAYA"}, roles={"student": {}}
        )
    elif name == "keyed-on-email":
        lakeside.student("pip", "north", email="amy@example.org")
    elif name == "keyed-on-sis-id":
        lakeside.student("pip", "north", sis_id="t-cy")

    assert absent(synced(name, lakeside), lakeside) == missing


def test_primary_teacher_only_and_a_cap_of_two(lakeside: Shared) -> None:
    assert synced("primary-teacher-only", lakeside).holds().sections[0].teachers == ("amy",)
    assert synced("co-teacher-cap-of-two", lakeside).holds().sections[0].teachers == ("amy", "ben")


def test_one_school_per_student(lakeside: Shared) -> None:
    held = synced("one-school-per-student", lakeside).holds()

    assert user(held, "zoe").roles == (HeldRole(role="student", schools=("south",)),)
    assert user(held, "dee").roles[1].schools == ("north", "south")


def test_one_school_per_employee(lakeside: Shared) -> None:
    held = synced("one-school-per-employee", lakeside).holds()

    assert user(held, "dee").roles[1].schools == ("north",)
    assert user(held, "zoe").roles[0].schools == ("south", "north")


def test_one_role_per_user_and_no_admin_roles(lakeside: Shared) -> None:
    for name in ("one-role-per-user", "drops-admins"):
        held = synced(name, lakeside).holds()
        assert [role.role for role in user(held, "dee").roles] == ["teacher"]


def test_relationships_of_contacts(lakeside: Shared) -> None:
    none = synced("drops-contact-relationships", lakeside).holds()
    same = synced("one-relationship-per-contact", lakeside).holds()

    assert user(none, "carl").guardians == ()
    assert user(same, "carl").guardians == (
        Guardian(student="maya", relationship="Parent"),
        Guardian(student="leo", relationship="Parent"),
    )


def test_invented_people(lakeside: Shared) -> None:
    assert user(synced("invents-people", lakeside).holds(), "not-shared").last_name == "Unknown"


def test_a_new_address_is_a_new_account(lakeside: Shared) -> None:
    rehearsal = synced("keyed-on-email", lakeside)

    lakeside.student("maya", "north", email="new@example.org")
    rehearsal.sync()

    old, new = users(rehearsal.holds(), "maya")
    assert (old.status, new.status) == (Status.ARCHIVED, Status.ACTIVE)


def test_equal_numbers_of_two_districts_are_one_account(lakeside: Shared) -> None:
    hillside = Shared("hillside")
    hillside.put("schools", "hill", name="Hill School")
    hillside.student("mia", "hill", sis_id="s-maya")
    rehearsal = synced("keyed-on-sis-id", lakeside, hillside)

    rehearsal.sync("hillside")

    assert rehearsal.holds("hillside").users == ()
    assert users(rehearsal.holds("lakeside"), "maya") == []


def test_terms_of_one_name_are_one(lakeside: Shared) -> None:
    lakeside.put("terms", "fall-south", name="Fall")

    held = synced("keyed-on-name", lakeside).holds()

    assert [term.clever_id for term in held.terms] == ["fall-south"]


def test_a_second_sync_changes_accounts_or_classes(lakeside: Shared) -> None:
    contacts = synced("not-idempotent", lakeside)
    classes = synced("rebuilds-classes", lakeside)
    before = [section.app_id for section in classes.holds().sections]

    contacts.sync()
    classes.sync()

    assert len(users(contacts.holds(), "carl")) == 2
    assert before != [section.app_id for section in classes.holds().sections]
    assert len(classes.holds().sections) == 2


def test_who_comes_back_has_another_account(lakeside: Shared) -> None:
    rehearsal = synced("new-account-on-return", lakeside)
    before = account(rehearsal, "maya")

    away_and_back(rehearsal, lakeside, "users", "maya")

    old, new = users(rehearsal.holds(), "maya")
    assert (old.app_id, old.status) == (before, Status.ARCHIVED)
    assert new.status is Status.ACTIVE


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("", [Status.ARCHIVED], [Status.ACTIVE]),
        ("matches-again", [], [Status.ACTIVE]),
        ("keeps-old-person-active", [Status.ACTIVE], [Status.ACTIVE]),
        ("refuses-known-addresses", [Status.ARCHIVED], []),
        ("stays-locked-out", [], [Status.ARCHIVED]),
    ],
)
def test_who_comes_back_with_another_number(
    name: str, old: list[Status], new: list[Status], lakeside: Shared
) -> None:
    rehearsal = synced(name, lakeside)
    record = lakeside.drop("users", "leo")
    if name == "stays-locked-out":
        rehearsal.sync()
    lakeside.give("users", {**record, "id": "leo2"})
    rehearsal.sync()

    held = rehearsal.holds()
    assert [one.status for one in users(held, "leo")] == old
    assert [one.status for one in users(held, "leo2")] == new


def test_the_address_of_who_has_left_is_not_the_person(lakeside: Shared) -> None:
    rehearsal = synced("matches-again-by-address", lakeside)
    before = account(rehearsal, "leo")

    lakeside.drop("users", "leo")
    lakeside.student("tim", "north", email="leo@example.org")
    rehearsal.sync()

    assert account(rehearsal, "tim") == before


def test_swapped_addresses_stay_where_they_were(lakeside: Shared) -> None:
    rehearsal = synced("keeps-taken-addresses", lakeside)

    lakeside.student("leo", "north", email="maya@example.org")
    lakeside.student("maya", "north", email="leo@example.org")
    rehearsal.sync()

    assert user(rehearsal.holds(), "leo").email == "leo@example.org"


def test_hard_delete_leaves_nothing(lakeside: Shared) -> None:
    rehearsal = synced("hard-delete", lakeside)
    before = account(rehearsal, "maya")
    rehearsal.finish("maya")
    for kind, id in (("users", "maya"), ("schools", "south"), ("terms", "fall")):
        away = lakeside.drop(kind, id)
        assert rehearsal.sync().state is SyncState.COMPLETED
        lakeside.give(kind, away)

    rehearsal.sync()

    assert account(rehearsal, "maya") != before
    assert rehearsal.holds().progress == ()


@pytest.mark.parametrize(
    ("name", "kind", "id", "wrong"),
    [
        ("never-archives", "users", "maya", True),
        ("forgets-terms-and-courses", "terms", "fall", True),
        ("forgets-terms-and-courses", "courses", "reading", True),
        ("forgets-terms-and-courses", "users", "maya", False),
        ("ignores-unsharing", "users", "maya", True),
        ("ignores-unsharing", "users", "ada", False),
    ],
)
def test_what_is_gone_stays_in_use(
    name: str, kind: str, id: str, wrong: bool, lakeside: Shared
) -> None:
    rehearsal = synced(name, lakeside)

    lakeside.drop(kind, id)
    rehearsal.sync()

    assert status(rehearsal.holds(), id) is (Status.ACTIVE if wrong else Status.ARCHIVED)


@pytest.mark.parametrize(
    ("name", "kind", "id", "wrong"),
    [
        ("never-restores", "users", "maya", True),
        ("never-restores", "terms", "fall", True),
        ("never-restores-terms-and-courses", "courses", "reading", True),
        ("never-restores-terms-and-courses", "sections", "art", False),
    ],
)
def test_what_comes_back_stays_archived(
    name: str, kind: str, id: str, wrong: bool, lakeside: Shared
) -> None:
    rehearsal = synced(name, lakeside)

    away_and_back(rehearsal, lakeside, kind, id)

    assert status(rehearsal.holds(), id) is (Status.ARCHIVED if wrong else Status.ACTIVE)


def test_a_class_that_comes_back_is_empty_for_a_day(lakeside: Shared) -> None:
    rehearsal = synced("restores-empty-classes", lakeside)
    before = rehearsal.holds().sections

    away_and_back(rehearsal, lakeside, "sections", "art")
    assert rehearsal.holds().sections[0].students == ()
    assert status(rehearsal.holds(), "art") is Status.ACTIVE

    rehearsal.sync()
    assert rehearsal.holds().sections == before


def test_who_comes_back_is_in_no_class_for_a_day(lakeside: Shared) -> None:
    rehearsal = synced("restores-people-without-classes", lakeside)
    before = rehearsal.holds().sections

    away_and_back(rehearsal, lakeside, "users", "maya")
    assert rehearsal.holds().sections[0].students == ("leo",)

    rehearsal.sync()
    assert rehearsal.holds().sections == before


def test_a_second_class_is_missed(lakeside: Shared) -> None:
    rehearsal = synced("misses-the-second-class", lakeside)

    lakeside.section("math", "south", ["cy"], ["leo", "maya", "noor", "zoe"])
    rehearsal.sync()

    assert rehearsal.holds().sections[1].students == ("maya", "noor", "zoe")


def test_one_district_locks_out_another(lakeside: Shared) -> None:
    hillside = Shared("hillside")
    hillside.put("schools", "hill", name="Hill School")
    rehearsal = synced("crosses-districts", lakeside, hillside)

    rehearsal.sync("hillside")

    assert {user.status for user in rehearsal.holds("lakeside").users} == {Status.ARCHIVED}


def test_a_class_without_a_term_is_closed(lakeside: Shared) -> None:
    held = synced("closes-classes-of-a-missing-term", lakeside).holds()

    assert (status(held, "art"), status(held, "math")) == (Status.ACTIVE, Status.ARCHIVED)


def test_changes_that_do_not_arrive(lakeside: Shared) -> None:
    stale = synced("never-updates", lakeside)
    crowded = synced("keeps-old-class", lakeside)
    powerful = synced("never-takes-roles-away", lakeside)

    lakeside.person("dee", last="Newname", teacher={"schools": ["north"]})
    lakeside.section("art", "north", ["ben"], ["leo"])
    for rehearsal in (stale, crowded, powerful):
        rehearsal.sync()

    assert user(stale.holds(), "dee").last_name == "DEE"
    assert crowded.holds().sections[0].students == ("leo", "maya")
    assert crowded.holds().sections[0].teachers == ("amy", "ben", "dee")
    assert [role.role for role in user(powerful.holds(), "dee").roles] == ["teacher", "staff"]


def test_what_is_misread_of_a_class(lakeside: Shared) -> None:
    term = synced("misreads-the-term", lakeside).holds().sections[0]

    assert (term.course, term.term) == ("reading", None)


def test_long_names_are_cut(lakeside: Shared) -> None:
    lakeside.student("maya", "north", last="Wolfeschlegelstein")

    held = synced("cuts-long-names", lakeside).holds()

    assert user(held, "maya").last_name == "Wolfeschlege"


def test_members_of_other_schools_are_left_out(lakeside: Shared) -> None:
    art, math = synced("joins-by-school", lakeside).holds().sections

    assert (art.teachers, art.students) == (("amy", "ben", "dee"), ("leo", "maya"))
    assert (math.teachers, math.students) == ((), ("zoe",))


def test_an_old_version_is_asked_and_nothing_else_is_wrong(lakeside: Shared) -> None:
    rehearsal = synced("asks-an-old-version", lakeside)

    paths = [httpx.URL(url).path.split("/")[1:] for url in rehearsal.clever.asked]
    assert [kind for version, kind, *_ in paths if version == "v2.1"] == ["districts"]


def test_one_class_per_student(lakeside: Shared) -> None:
    art, math = synced("one-class-per-student", lakeside).holds().sections

    assert (art.students, math.students) == (("leo",), ("maya", "noor", "zoe"))
    assert art.teachers == ("amy", "ben", "dee")


def test_a_sync_that_is_asked_for_reads_nothing(lakeside: Shared) -> None:
    rehearsal = synced("keeps-to-its-night", lakeside)
    asked = len(rehearsal.clever.asked)

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert len(rehearsal.clever.asked) == asked


def test_groups_of_the_app_itself_are_wiped(lakeside: Shared) -> None:
    rehearsal = synced("wipes-own-groups", lakeside)
    assert rehearsal.holds().unmanaged_groups

    rehearsal.sync()

    assert rehearsal.holds().unmanaged_groups == ()


def test_work_is_lost_with_the_class(lakeside: Shared) -> None:
    moved = synced("history-tied-to-section", lakeside)
    closed = synced("history-tied-to-section", lakeside)
    moved.finish("leo")
    closed.finish("leo")
    assert moved.holds().progress

    lakeside.section("art", "north", ["amy"], ["maya"])
    moved.sync()
    lakeside.drop("sections", "art")
    closed.sync()

    assert moved.holds().progress == ()
    assert closed.holds().progress == ()


def test_work_is_lost_with_an_absence(lakeside: Shared) -> None:
    rehearsal = synced("forgets-work-of-archived", lakeside)
    before = account(rehearsal, "maya")
    rehearsal.finish("maya")

    away_and_back(rehearsal, lakeside, "users", "maya")

    assert account(rehearsal, "maya") == before
    assert rehearsal.holds().progress == ()


def test_work_is_not_kept(lakeside: Shared) -> None:
    rehearsal = synced("leaves-work-in-the-browser", lakeside)

    rehearsal.finish("maya")

    assert rehearsal.holds().progress == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("stops-at-missing-email", "CHECK constraint failed"),
        ("stops-at-missing-first-name", "KeyError"),
        ("stops-at-unknown-member", "KeyError"),
        ("stops-at-textual-number", "ValueError"),
    ],
)
def test_a_value_taken_for_granted_ends_the_sync(name: str, said: str, lakeside: Shared) -> None:
    rehearsal = beside(name, lakeside)

    ended = rehearsal.sync()

    assert ended.state is SyncState.FAILED
    assert said in ended.reason
    assert rehearsal.holds().users == ()


def test_stopping_mutants_run_where_their_assumption_holds(lakeside: Shared) -> None:
    lakeside.drop("users", "carl")
    for shared in lakeside.records["users"].values():
        for role in shared["roles"].values():
            role["sis_id"] = "0017"
    for section in lakeside.records["sections"].values():
        section["students"] = [id for id in section["students"] if id != "not-shared"]

    for name in MUTANTS:
        if name.startswith("stops-at"):
            dee = lakeside.records["users"]["dee"]["roles"]["staff"]
            dee["staff_id"] = "18"
            assert synced(name, lakeside).holds().users


def test_what_could_not_be_read_is_archived(lakeside: Shared) -> None:
    rehearsal = synced("archives-what-it-could-not-read", lakeside)

    rehearsal.clever.trouble = [("users?limit=100&starting_after", unwell)] * 6
    assert rehearsal.sync().state is SyncState.COMPLETED

    assert status(rehearsal.holds(), "zoe") is Status.ARCHIVED


def unwell() -> httpx.Response:
    return httpx.Response(500)


def test_a_failed_sync_is_called_completed(lakeside: Shared) -> None:
    rehearsal = synced("says-it-went-well", lakeside)

    rehearsal.clever.trouble = [("/users", unwell)] * 6

    assert rehearsal.sync().state is SyncState.COMPLETED


def test_a_failed_request_is_not_repeated(lakeside: Shared) -> None:
    rehearsal = synced("never-retries", lakeside)

    rehearsal.clever.trouble = [("/users", unwell)]

    assert rehearsal.sync().state is SyncState.REFUSED
    assert rehearsal.waited == []
