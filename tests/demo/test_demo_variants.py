"""Every right-but-different variant of the demo vendor differs as listed, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from apps import VARIANTS, app_of, lantern
from demo.pretend_clever import PretendClever, Rehearsal, Shared

from harness.contract.adapter import Capability, capabilities
from harness.contract.profile import HOLDABLE, Profile
from harness.contract.snapshot import Held, HeldUser, Snapshot, Status, Work
from harness.contract.sync import Skipped, SyncState
from harness.demo.variants import HoldsMassChanges


def synced(name: str, *districts: Shared) -> Rehearsal:
    rehearsal = Rehearsal(lantern(name), PretendClever(*districts))
    assert rehearsal.sync().state is SyncState.COMPLETED
    return rehearsal


def user(snapshot: Snapshot, clever_id: str) -> HeldUser:
    [found] = [user for user in snapshot.users if user.clever_id == clever_id]
    return found


@pytest.mark.parametrize("name", VARIANTS)
def test_what_a_variant_does_not_hold_is_declared_in_the_words_of_the_contract(name: str) -> None:
    assert set(getattr(app_of(name), "profile", Profile()).not_held) <= set(HOLDABLE)


@pytest.mark.parametrize(
    "name",
    [
        "unique-email",
        "matches-again",
        "moves-work-along",
        "active-rows-only",
        "no-progress",
        "holds-mass-changes",
        "skips-nameless",
        "reads-every-section",
        "large-pages",
        "app-wide-sync",
        "applies-in-background",
    ],
)
def test_a_variant_holds_what_the_reference_holds(name: str, lakeside: Shared) -> None:
    expected = synced("demo", lakeside).holds()
    expected = replace(expected, includes_archived=name != "active-rows-only")

    rehearsal = synced(name, lakeside)
    first = rehearsal.holds()
    rehearsal.sync()

    assert first == expected
    assert rehearsal.holds() == expected


def test_the_clever_id_can_be_the_key(lakeside: Shared) -> None:
    rehearsal = synced("clever-id-key", lakeside)
    rehearsal.finish("maya")

    held = rehearsal.holds()
    records: tuple[Held, ...] = (*held.users, *held.sections, *held.terms)
    assert all(one.app_id == one.clever_id for one in records)
    assert held.progress == (Work(account="maya", lesson="Chapter one"),)


def test_a_taken_address_is_left_out_and_given_when_it_is_free(lakeside: Shared) -> None:
    hillside = Shared("hillside")
    hillside.put("schools", "hill", name="Hill School")
    hillside.student("mia", "hill", email="maya@example.org")
    lakeside.student("nat", "north", email="maya@example.org")
    rehearsal = synced("unique-email", lakeside, hillside)
    rehearsal.sync("hillside")

    assert user(rehearsal.holds(), "maya").email == "maya@example.org"
    assert user(rehearsal.holds(), "nat").email is None
    assert user(rehearsal.holds("hillside"), "mia").email is None

    lakeside.student("maya", "north", email="other@example.org")
    rehearsal.sync()
    assert user(rehearsal.holds(), "nat").email == "maya@example.org"


def test_two_people_can_exchange_their_addresses(lakeside: Shared) -> None:
    rehearsal = synced("unique-email", lakeside)

    lakeside.student("leo", "north", email="maya@example.org")
    lakeside.student("maya", "north", email="leo@example.org")
    rehearsal.sync()

    assert user(rehearsal.holds(), "leo").email == "maya@example.org"
    assert user(rehearsal.holds(), "maya").email == "leo@example.org"


def with_another_number(shared: Shared, id: str, new: str, **fields: str) -> None:
    """Clever shares a student as somebody new, in no class."""
    name = shared.drop("users", id)["name"]
    shared.student(new, "north", email=f"{id}@example.org", **fields)
    shared.records["users"][new]["name"] = {**name, **fields}


def test_who_gets_another_id_goes_on_with_the_account(lakeside: Shared) -> None:
    rehearsal = synced("matches-again", lakeside)
    before = user(rehearsal.holds(), "leo").app_id

    with_another_number(lakeside, "leo", "leo2")
    rehearsal.sync()

    assert user(rehearsal.holds(), "leo2").app_id == before
    assert "leo" not in {user.clever_id for user in rehearsal.holds().users}


def test_who_has_another_name_or_is_still_there_does_not_get_the_account(lakeside: Shared) -> None:
    rehearsal = synced("matches-again", lakeside)

    with_another_number(lakeside, "leo", "tim", last="Tim")
    lakeside.student("maya2", "north", email="maya@example.org", last="MAYA")
    rehearsal.sync()

    assert user(rehearsal.holds(), "leo").status is Status.ARCHIVED
    assert user(rehearsal.holds(), "maya").status is Status.ACTIVE


def test_the_work_of_who_gets_another_id_is_moved_along(lakeside: Shared) -> None:
    rehearsal = synced("moves-work-along", lakeside)
    rehearsal.finish("leo", "lesson 1")

    with_another_number(lakeside, "leo", "leo2")
    rehearsal.sync()

    held = rehearsal.holds()
    assert user(held, "leo").status is Status.ARCHIVED
    assert held.progress == (Work(account=user(held, "leo2").app_id, lesson="lesson 1"),)


def test_archived_rows_can_be_left_out_and_return_as_the_same(lakeside: Shared) -> None:
    rehearsal = synced("active-rows-only", lakeside)
    before = user(rehearsal.holds(), "maya")

    away = lakeside.drop("users", "maya")
    rehearsal.sync()
    assert "maya" not in {user.clever_id for user in rehearsal.holds().users}
    assert not rehearsal.holds().includes_archived

    lakeside.give("users", away)
    rehearsal.sync()
    assert user(rehearsal.holds(), "maya") == before


def test_only_current_terms_and_their_classes_are_shown(lakeside: Shared) -> None:
    today, day = date.today(), timedelta(days=1)  # noqa: DTZ011 - as the variant does
    lakeside.put("terms", "now", start_date=str(today), end_date=str(today))
    lakeside.put("terms", "over", start_date="2001-01-01", end_date=str(today - day))
    lakeside.put("terms", "to-come", start_date=str(today + day), end_date="")
    lakeside.put("terms", "undated", start_date="", end_date=None)
    lakeside.drop("terms", "fall")
    for term in ("now", "over", "to-come", "undated"):
        lakeside.section(f"in-{term}", "north", ["amy"], ["leo"], term_id=term)

    held = synced("current-terms-only", lakeside).holds()

    assert {term.clever_id for term in held.terms} == {"now", "undated"}
    shown = {section.clever_id for section in held.sections}
    assert shown == {"in-now", "in-undated", "art", "math"}


def test_only_students_have_accounts(lakeside: Shared) -> None:
    held = synced("students-only", lakeside).holds()

    assert {user.clever_id for user in held.users} == {"leo", "maya", "noor", "zoe"}
    assert held.sections[0].students == ("leo", "maya")
    assert held.sections[0].teachers == ()


def test_an_app_without_progress_has_no_such_ability(lakeside: Shared) -> None:
    app = lantern("no-progress")()

    assert capabilities(app) == frozenset()
    assert not app.profile.holds("progress")


def test_a_mass_change_waits_for_approval(lakeside: Shared) -> None:
    rehearsal = synced("holds-mass-changes", lakeside)
    before = rehearsal.holds()
    assert isinstance(rehearsal.app, HoldsMassChanges)
    assert Capability.APPROVE in capabilities(rehearsal.app)

    for student in ("leo", "noor"):
        lakeside.drop("users", student)
    ended = rehearsal.sync()

    assert ended.state is SyncState.HELD
    assert "2 of 10 active users would be archived" in ended.reason
    assert rehearsal.holds() == before

    assert rehearsal.app.approve(rehearsal.connection()).state is SyncState.COMPLETED
    assert user(rehearsal.holds(), "leo").status is Status.ARCHIVED
    assert rehearsal.sync().state is SyncState.COMPLETED


def test_a_single_leaver_is_not_a_mass_change(lakeside: Shared) -> None:
    rehearsal = synced("holds-mass-changes", lakeside)

    lakeside.drop("users", "leo")

    assert rehearsal.sync().state is SyncState.COMPLETED
    assert user(rehearsal.holds(), "leo").status is Status.ARCHIVED


def test_a_user_without_a_name_is_skipped_and_named(lakeside: Shared) -> None:
    rehearsal = synced("skips-nameless", lakeside)
    before = rehearsal.holds()

    lakeside.records["users"]["maya"]["name"] = {"first": "", "last": None}
    ended = rehearsal.sync()

    assert ended.state is SyncState.PARTIAL
    assert ended.skipped == (Skipped(clever_id="maya", reason="has no name in Clever"),)
    assert user(rehearsal.holds(), "maya") == user(before, "maya")


def test_every_section_is_asked_for_its_members(lakeside: Shared) -> None:
    rehearsal = synced("reads-every-section", lakeside)

    asked = [url for url in rehearsal.clever.asked if "/users?" in url and "/sections/" in url]
    assert {url.split("/")[-2] for url in asked} == {"art", "math"}


def test_large_pages_are_asked_for(lakeside: Shared) -> None:
    rehearsal = synced("large-pages", lakeside)

    assert any("users?limit=10000" in url for url in rehearsal.clever.asked)


def test_one_sync_is_of_all_districts(lakeside: Shared) -> None:
    hillside = Shared("hillside")
    hillside.put("schools", "hill", name="Hill School")

    rehearsal = synced("app-wide-sync", lakeside, hillside)

    assert [school.name for school in rehearsal.holds("hillside").schools] == ["Hill School"]


def test_an_app_wide_sync_tells_of_the_district_asked_for(lakeside: Shared) -> None:
    rehearsal = Rehearsal(lantern("app-wide-sync"), PretendClever(lakeside))

    ended = rehearsal.sync("nowhere")

    assert ended.state is SyncState.REFUSED
    assert "no token for district nowhere" in ended.reason
