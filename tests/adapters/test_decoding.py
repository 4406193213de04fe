"""Documents become values, and what does not fit is explained to whoever wrote the adapter."""

from __future__ import annotations

import math
from dataclasses import MISSING, fields, replace
from enum import Enum
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from harness.adapters.call import Call
from harness.adapters.decoding import (
    created_from,
    description_from,
    profile_from,
    snapshot_from,
    sync_from,
)
from harness.contract import snapshot as contract
from harness.contract.account import Account, Created
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.former_names import FormerNameWarning, former_names
from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldRole,
    HeldSection,
    HeldUser,
    Snapshot,
    StudentRelationship,
    Work,
)
from harness.contract.snapshot_decoder import SnapshotDecoder
from harness.contract.sync import Mode, Skipped, Sync, SyncState
from harness.errors import AdapterError, SnapshotInvalid
from harness.resources import SCHEMAS

FULL = Snapshot(
    schools=(contract.HeldSchool(clever_id="5e01", app_id="1", name="Cedar"),),
    terms=(contract.HeldTerm(clever_id="5e02", app_id="1"),),
    courses=(contract.HeldCourse(clever_id="5e03", app_id="1"),),
    sections=(HeldSection(clever_id="5e04", app_id="1", teachers=("5f02",), students=("5f01",)),),
    users=(
        HeldUser(
            clever_id="5f01",
            app_id="17",
            status=contract.Status.ARCHIVED,
            first_name="Maya",
            roles=(HeldRole(role="student", schools=("5e01",)),),
        ),
        HeldUser(clever_id="5f01", app_id="18"),
        HeldUser(
            clever_id="5f03",
            app_id="19",
            student_relationships=(StudentRelationship(student="5f01", relationship="Mother"),),
        ),
    ),
    progress=(Work(account="17", lesson="one"),),
    local_users=(contract.LocalRecord(app_id="2", name="guest"),),
    local_groups=(contract.LocalRecord(app_id="3", members=("5f01",)),),
    complete=False,
    includes_archived=False,
)


def schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((SCHEMAS / f"{name}.schema.json").read_bytes())
    return document


@pytest.mark.parametrize("name", ["snapshot", "sync", "created", "account", "edit"])
def test_the_schemas_are_schemas(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


SHAPES = [
    ("snapshot", (), Snapshot),
    ("snapshot", ("$defs", "school"), contract.HeldSchool),
    ("snapshot", ("$defs", "term"), contract.HeldTerm),
    ("snapshot", ("$defs", "course"), contract.HeldCourse),
    ("snapshot", ("$defs", "section"), contract.HeldSection),
    ("snapshot", ("$defs", "user"), contract.HeldUser),
    ("snapshot", ("$defs", "role"), contract.HeldRole),
    ("snapshot", ("$defs", "student_relationship"), contract.StudentRelationship),
    ("snapshot", ("$defs", "work"), contract.Work),
    ("snapshot", ("$defs", "local_record"), contract.LocalRecord),
    ("sync", (), Sync),
    ("sync", ("properties", "skipped", "items"), Skipped),
    ("created", (), Created),
]


@pytest.mark.parametrize(("name", "place", "shape"), SHAPES)
def test_names_on_the_wire_are_those_of_the_contract(
    name: str, place: tuple[str, ...], shape: type
) -> None:
    part = schema(name)
    for step in place:
        part = part[step]

    former = {name for name, one in part["properties"].items() if one.get("deprecated")}
    assert set(part["properties"]) - former == {field.name for field in fields(shape)}
    assert former == set(former_names(shape))
    assert part["additionalProperties"] is False
    needed = {one.name for one in fields(shape) if one.default is one.default_factory is MISSING}
    # Only `users` is demanded beyond what the contract demands: `{}` is no snapshot.
    assert set(part["required"]) == (needed or {"users"})


@pytest.mark.parametrize(
    ("listed", "members"),
    [
        (schema("snapshot")["$defs"]["status"]["enum"], contract.Status),
        (schema("sync")["properties"]["state"]["enum"], SyncState),
        (schema("edit")["properties"]["kind"]["enum"], EditKind),
    ],
)
def test_the_schemas_list_every_value_of_the_contract(
    listed: list[str], members: type[Enum]
) -> None:
    assert listed == [member.value for member in members]


def test_a_snapshot_is_the_same_as_a_value_and_on_the_wire() -> None:
    assert snapshot_from(orjson.loads(orjson.dumps(FULL))) == FULL
    assert snapshot_from(FULL) == FULL


def test_null_and_absence_both_mean_that_the_app_did_not_say() -> None:
    user = {"clever_id": "5f01", "app_id": "1", "email": None}

    assert snapshot_from({"users": [user]}).users == (HeldUser(clever_id="5f01", app_id="1"),)


def test_an_empty_snapshot_is_valid() -> None:
    assert snapshot_from({"users": []}) == snapshot_from(Snapshot()) == Snapshot()


def test_a_former_name_is_read_as_the_one_that_replaces_it_and_said_once() -> None:
    related = [{"student": "5f02", "relationship": "Mother"}]
    rows = [{"clever_id": "5f01", "app_id": str(n), "guardians": related} for n in range(3)]

    with pytest.warns(FormerNameWarning, match="`guardians`.*write `student_rel") as told:
        held = snapshot_from({"users": rows})

    assert len(told) == 1
    [one] = held.users[0].student_relationships
    assert (one.student, one.relationship) == ("5f02", "Mother")


def test_a_name_and_its_former_name_together_are_refused() -> None:
    answer = users(student_relationships=[], guardians=[])

    with pytest.raises(
        SnapshotInvalid, match=r"users\[3\] has guardians and student_relationships"
    ):
        snapshot_from(answer)


def test_a_profile_may_use_a_former_key() -> None:
    with pytest.warns(FormerNameWarning, match="`users.guardians`"):
        profile = profile_from({"not_held": {"users.guardians": "No parents here."}})

    assert profile.not_held == {"users.student_relationships": "No parents here."}


def users(**changed: object) -> dict[str, object]:
    """Three good users and a fourth with these keys changed."""
    good = {"clever_id": "5f01", "app_id": "1"}
    return {"users": [good, good, good, {**good, **changed}]}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (users(status="gone"), "users[3].status is 'gone', expected one of active, archived"),
        (users(app_id=17), 'users[3].app_id is 17, expected text, as in "17"'),
        (users(app_id=""), "users[3].app_id is '', expected a text that is not empty"),
        (users(roles=[{"role": "guardian"}]), "users[3].roles[0].role is 'guardian', expected one"),
        (users(roles="student"), "users[3].roles is 'student', expected a list"),
        (users(first_nam="M"), "users[3] has the unknown key 'first_nam'; did you mean"),
        (users(email=True), "users[3].email is True, expected text or null"),
        ({"users": [{"app_id": "9"}]}, "users[0] lacks clever_id (app_id '9')"),
        ({"users": [], "section": []}, "has the unknown key 'section'; did you mean \"sections\""),
        ({}, "snapshot: lacks users"),
        (None, "found nothing, expected an object"),
        ("ok", "found 'ok', expected an object"),
        ({"error": "not logged in"}, "lacks users"),
        (Snapshot(complete=None), "complete is nothing, expected true or false"),  # type: ignore[arg-type]
        (Snapshot(users=(HeldUser(clever_id="5f", app_id=3),)), 'as in "3"'),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_snapshot_says_where_and_what_was_expected(answer: object, said: str) -> None:
    with pytest.raises(SnapshotInvalid) as caught:
        snapshot_from(answer)

    assert said in caught.value.message
    assert "rosterready docs snapshot" in caught.value.hint


def test_all_that_is_wrong_with_a_snapshot_is_told_at_once_and_alike_mistakes_once() -> None:
    good = {"clever_id": "5f01", "app_id": "1"}
    rows = [{**good, "app_id": number, "mail": "", "hue": ""} for number in range(3)]

    with pytest.raises(SnapshotInvalid) as caught:
        snapshot_from({"users": [good, *rows, {"app_id": "9"}], "sections": [{"clever_id": "5e"}]})

    assert caught.value.problems == (
        "sections[0] lacks app_id (clever_id '5e')",
        "users[1] has the unknown key 'mail'; did you mean \"email\"? (and 2 more like it)",
        "users[1] has the unknown key 'hue'; choose from app_id, clever_id, email, first_name, "
        "grade, guardians, last_name, name, primary_school, roles, status, student_relationships "
        "(and 2 more like it)",
        'users[1].app_id is 0, expected text, as in "0" (and 2 more like it)',
        "users[4] lacks clever_id (app_id '9')",
    )
    assert caught.value.message.endswith(", and 4 other problems (`rosterready doctor` lists all)")


def test_a_plain_python_answer_may_use_sets_and_tuples() -> None:
    section = {"clever_id": "5e04", "app_id": "1", "teachers": {"5f01"}, "students": ("5f02",)}

    held = snapshot_from({"users": (), "sections": [section]}).sections[0]

    assert (held.teachers, held.students) == (("5f01",), ("5f02",))


@pytest.mark.parametrize("answer", [{"users": [object()]}, {"users": [math.nan]}])
def test_an_answer_that_is_not_json_is_the_adapters_fault(answer: object) -> None:
    with pytest.raises(AdapterError):
        snapshot_from(answer)


def test_a_sync_is_the_same_as_a_value_and_on_the_wire() -> None:
    sync = Sync(state=SyncState.PARTIAL, reason="odd", skipped=(Skipped(clever_id="5f01"),))

    assert sync_from(sync) == sync
    assert (
        sync_from({"state": "partial", "reason": "odd", "skipped": [{"clever_id": "5f01"}]}) == sync
    )


def test_a_log_that_is_not_utf_8_is_kept_as_far_as_it_can_be_read() -> None:
    sync = Sync(state=SyncState.FAILED, log="caf\udce9 closed")

    assert sync_from(sync).log == "caf? closed"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"state": "done"}, "state is 'done', expected one of completed, partial"),
        (None, "found nothing, expected an object"),
        ({}, "lacks state"),
    ],
)
def test_what_is_no_sync_is_the_adapters_fault(answer: object, said: str) -> None:
    with pytest.raises(AdapterError) as caught:
        sync_from(answer)

    assert said in caught.value.message


def test_an_account_that_was_made_is_named() -> None:
    assert created_from({"app_id": "17"}) == created_from(Created(app_id="17"))
    for answer in (None, {}, {"app_id": ""}, {"app_id": 17}):
        with pytest.raises(AdapterError, match=r"^created: "):
            created_from(answer)


ACCOUNT = Account(role="student", first_name="Maya", last_name="Kowalski", lessons=("one",))
EDIT = Edit(kind=EditKind.CREATE_GROUP, name="readers", users=("5f01",))


@pytest.mark.parametrize(("key", "sent"), [("account", ACCOUNT), ("edit", EDIT)])
def test_what_is_sent_has_the_shape_its_schema_says(key: str, sent: Account | Edit) -> None:
    connection = Connection(api="", accounts="", client_id="", client_secret="", district="5d01")
    given: dict[str, Any] = {key: sent}

    document = orjson.loads(orjson.dumps(Call(name=key, connection=connection, **given).document))

    Draft202012Validator(schema(key)).validate(document[key])
    assert set(schema(key)["properties"]) == {field.name for field in fields(sent)}


def test_a_description_says_what_the_app_can_do() -> None:
    described = description_from(
        {"contract": 1, "capabilities": ["progress"], "profile": {"app": "Abacus"}}
    )

    assert described.capabilities == {Capability.PROGRESS}
    assert described.profile == Profile(app="Abacus")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"contract": 2}, "contract is 2, expected 1"),
        ({}, "contract is nothing, expected 1"),
        ([], "found [], expected an object"),
        ({"contract": 1, "capabilities": ["progres"]}, "no capability 'progres'"),
        ({"contract": 1, "capabilities": "progress"}, "expected a list"),
        ({"contract": 1, "abilities": []}, "unknown key abilities"),
        ({"contract": 1, "profile": {"apps": ""}}, "unknown key 'apps'"),
        ({"contract": 1, "profile": {"declares": {"add": ["x"]}}}, "declares names 'add'"),
        (
            {"contract": 1, "profile": {"declares": {"add-role": ["x"]}}},
            'declares.add-role: "x" cannot be declared, expected persists',
        ),
        ({"contract": 1, "profile": {"not_held": {"term": "none"}}}, "not_held names 'term'"),
    ],
)
def test_a_wrong_description_is_the_adapters_fault(answer: object, said: str) -> None:
    with pytest.raises(AdapterError) as caught:
        description_from(answer)

    assert said in caught.value.message


def test_a_profile_may_come_as_a_value_or_a_document() -> None:
    profile = Profile(
        app="Abacus",
        modes=(Mode.FULL, Mode.EVENTS),
        not_held={"terms": "no terms"},
        declares={"add-role": ("persists",)},
    )

    assert profile_from(profile) == profile
    assert profile_from(orjson.loads(orjson.dumps(profile))) == profile


def test_a_value_is_read_as_its_wire_form_after_others_of_the_app() -> None:
    decoder = SnapshotDecoder()
    leo = HeldUser(clever_id="5f02", app_id="2", roles=(HeldRole(role="student"),))
    for snapshot in (
        FULL,
        replace(FULL, users=(*FULL.users, leo)),
        replace(FULL, users=(replace(FULL.users[0], email="new@example.org"), leo, leo)),
        replace(FULL, users=(leo, replace(leo, first_name="Leo"))),
        FULL,
    ):
        wire = snapshot_from(orjson.loads(orjson.dumps(snapshot)))
        assert snapshot_from(snapshot, decoder) == wire == snapshot


def test_a_wrong_value_is_named_by_its_place_after_others_of_the_app() -> None:
    decoder = SnapshotDecoder()
    snapshot_from(FULL, decoder)
    wrong = replace(FULL, users=(*FULL.users, HeldUser(clever_id="5f", app_id=3)))  # type: ignore[arg-type]

    with pytest.raises(SnapshotInvalid, match=rf"users\[{len(FULL.users)}\].app_id is 3"):
        snapshot_from(wrong, decoder)
