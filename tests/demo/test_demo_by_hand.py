"""What people do in Lantern Reader themselves, before Clever and beside its syncs."""

from __future__ import annotations

import pytest
from apps import MUTANTS, VARIANTS, app_of, lantern
from demo.pretend_clever import PretendClever, Rehearsal, Shared

from harness.contract.account import Account
from harness.contract.declarations import DECLARATIONS, misdeclared
from harness.contract.edit import Edit, EditKind
from harness.contract.snapshot import HeldSection, HeldUser
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import PROFILE


def account(rehearsal: Rehearsal, **known: object) -> str:
    given = {"role": "student", "first_name": "Maya", "last_name": "Somebody", **known}
    app = rehearsal.app
    assert isinstance(app, DemoAdapter)
    return app.create_account(rehearsal.connection(), Account(**given)).app_id  # type: ignore[arg-type]


def edit(rehearsal: Rehearsal, kind: EditKind, **given: object) -> None:
    assert isinstance(rehearsal.app, DemoAdapter)
    rehearsal.app.edit(rehearsal.connection(), Edit(kind=kind, **given))  # type: ignore[arg-type]


def user(rehearsal: Rehearsal, clever_id: str) -> HeldUser:
    [found] = [one for one in rehearsal.holds().users if one.clever_id == clever_id]
    return found


def section(rehearsal: Rehearsal, clever_id: str) -> HeldSection:
    [found] = [one for one in rehearsal.holds().sections if one.clever_id == clever_id]
    return found


def test_an_account_from_before_is_shown_with_its_work(rehearsal: Rehearsal) -> None:
    made = account(rehearsal, lessons=("one", "two"), email="x@example.net")

    held = rehearsal.holds()
    assert (made, "Maya Somebody") in {(row.app_id, row.name) for row in held.local_users}
    assert {(work.account, work.lesson) for work in held.progress} == {(made, "one"), (made, "two")}


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"email": "MAYA@example.org"}, True),
        ({"number": "s-maya"}, True),
        ({"first_name": "maya", "email": "other@example.net", "number": "9"}, False),
        ({"email": "maya@example.org", "role": "teacher"}, False),
        ({"number": "s-maya", "role": "contact"}, False),
    ],
    ids=["address", "number", "name", "address of a teacher", "number of a contact"],
)
def test_whose_account_it_was_is_told_by_address_and_number_within_a_role(
    rehearsal: Rehearsal, lakeside: Shared, known: dict[str, str], found: bool
) -> None:
    record = lakeside.records["users"]["maya"]
    record["email"] = "maya@example.org"
    record["roles"]["student"]["sis_id"] = "s-maya"
    made = account(rehearsal, lessons=("one",), **known)

    rehearsal.sync()
    rehearsal.sync()

    assert (user(rehearsal, "maya").app_id == made) is found
    assert made in {work.account for work in rehearsal.holds().progress}


def test_what_fits_two_accounts_fits_none(rehearsal: Rehearsal, lakeside: Shared) -> None:
    lakeside.records["users"]["maya"]["email"] = "maya@example.org"
    made = {account(rehearsal, email="maya@example.org") for _ in range(2)}

    rehearsal.sync()

    assert user(rehearsal, "maya").app_id not in made
    assert made <= {row.app_id for row in rehearsal.holds().local_users}


def test_users_and_groups_made_by_hand_outlive_a_sync(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    edit(rehearsal, EditKind.CREATE_USER, name="Guest")
    edit(rehearsal, EditKind.CREATE_GROUP, name="Readers", users=("maya", "leo"))
    edit(rehearsal, EditKind.SPLIT_SECTION, name="Easels", section="art", users=("maya",))

    rehearsal.sync()

    held = rehearsal.holds()
    assert "Guest" in {row.name for row in held.local_users}
    members = {row.name: row.members for row in held.local_groups}
    assert members["Readers"] == ("maya", "leo")
    assert members["Easels"] == ("maya",)


def test_members_of_a_section_last_until_the_next_sync(rehearsal: Rehearsal) -> None:
    rehearsal.sync()
    edit(rehearsal, EditKind.ADD_STUDENT, section="art", user="noor")
    edit(rehearsal, EditKind.REMOVE_STUDENT, section="art", user="leo")

    assert set(section(rehearsal, "art").students) == {"maya", "noor"}

    rehearsal.sync()

    assert set(section(rehearsal, "art").students) == {"maya", "leo"}


def test_what_is_not_allowed_is_refused(rehearsal: Rehearsal) -> None:
    rehearsal.sync()

    with pytest.raises(PermissionError, match="roles come from Clever alone"):
        edit(rehearsal, EditKind.ADD_ROLE, user="amy", role="staff")
    with pytest.raises(LookupError, match="called nobody"):
        edit(rehearsal, EditKind.ADD_STUDENT, section="art", user="nobody")


def test_lantern_declares_what_becomes_of_every_edit() -> None:
    assert set(EditKind) <= set(PROFILE.declares)


@pytest.mark.parametrize("name", [*MUTANTS, *VARIANTS])
def test_what_is_declared_can_be_declared(name: str) -> None:
    declares = getattr(app_of(name), "profile", PROFILE).declares

    assert set(declares) <= set(DECLARATIONS)
    assert not [key for key, values in declares.items() if misdeclared(key, values)]


def test_keeping_edits_keeps_members_and_roles(lakeside: Shared) -> None:
    rehearsal = Rehearsal(lantern("keeps-edits"), PretendClever(lakeside))
    rehearsal.sync()
    edit(rehearsal, EditKind.ADD_ROLE, user="amy", role="staff")
    edit(rehearsal, EditKind.ADD_STUDENT, section="art", user="noor")
    edit(rehearsal, EditKind.REMOVE_STUDENT, section="art", user="leo")

    rehearsal.sync()

    assert set(section(rehearsal, "art").students) == {"maya", "noor"}
    assert {role.role for role in user(rehearsal, "amy").roles} == {"teacher", "staff"}
