"""The demo vendor beside the whole simulated Clever, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot, Status, StudentRelationship
from harness.contract.sync import Mode, SyncState
from harness.demo.adapter import DemoAdapter
from harness.district.build import build_district, build_neighbour
from harness.district.clever.rules import share
from harness.district.data_model.roster import Roster
from harness.simulator.access.clients import OAuthClient
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

CLIENT = OAuthClient(id="lantern", secret="not-a-secret")
DAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def roster() -> Roster:
    """The five-school district without any edge case."""
    return share(build_district((), seed=1, salt="demo", run_date=DAY), at=NOW, previous=None)


@pytest.fixture(scope="module")
def neighbour() -> Roster:
    return share(build_neighbour(seed=1, salt="demo", run_date=DAY), at=NOW, previous=None)


@pytest.fixture(scope="module")
def url(roster: Roster, neighbour: Roster) -> Iterator[str]:
    simulator = Simulator(clients=[CLIENT])
    simulator.publish(roster, at=NOW)
    simulator.publish(neighbour, at=NOW)
    with Server(simulator) as server:
        yield server.url


def connection(url: str, roster: Roster) -> Connection:
    return Connection(
        api=url,
        accounts=url,
        client_id=CLIENT.id,
        client_secret=CLIENT.secret,
        district=roster.district["id"],
    )


def synced(app: DemoAdapter, where: Connection) -> Snapshot:
    app.connect(where)
    ended = app.sync(where, Mode.FULL)
    assert ended.state is SyncState.COMPLETED, ended.reason
    return app.snapshot(where)


def test_a_whole_district_is_held_as_clever_shares_it(url: str, roster: Roster) -> None:
    held = synced(DemoAdapter(), connection(url, roster))

    assert {user.clever_id for user in held.users} == set(roster.users)
    assert {school.clever_id for school in held.schools} == set(roster.schools)
    assert {term.clever_id: term.name for term in held.terms} == {
        id: term["name"] for id, term in roster.terms.items()
    }
    assert {course.clever_id for course in held.courses} == set(roster.courses)
    for section in held.sections:
        shared = roster.sections[section.clever_id]
        assert list(section.teachers) == shared["teachers"]
        assert sorted(section.students) == sorted(shared["students"])
        assert section.school == shared["school"]
        assert section.course == shared.get("course")
        assert section.term == shared.get("term_id")


def test_every_person_is_held_as_clever_shares_them(url: str, roster: Roster) -> None:
    held = synced(DemoAdapter(), connection(url, roster))

    for user in held.users:
        shared = roster.users[user.clever_id]
        assert user.last_name == shared["name"]["last"]
        assert (user.email or "") == shared.get("email", "")
        assert {role.role for role in user.roles} == set(shared["roles"])
        relations = shared["roles"].get("contact", {}).get("student_relationships", [])
        assert set(user.student_relationships) == {
            StudentRelationship(student=one["student"], relationship=one["relationship"] or None)
            for one in relations
            if one["student"] in roster.users
        }


def test_two_districts_lie_in_one_database(url: str, roster: Roster, neighbour: Roster) -> None:
    app = DemoAdapter()
    first = synced(app, connection(url, roster))

    second = synced(app, connection(url, neighbour))

    assert app.snapshot(connection(url, roster)) == first
    assert {user.clever_id for user in second.users} == set(neighbour.users)
    assert {user.status for user in first.users} == {Status.ACTIVE}


def test_a_wrong_secret_is_refused(url: str, roster: Roster) -> None:
    where = connection(url, roster)
    wrong = Connection(
        api=url, accounts=url, client_id="lantern", client_secret="wrong", district=where.district
    )

    ended = DemoAdapter().sync(wrong, Mode.FULL)

    assert ended.state is SyncState.REFUSED
    assert "/oauth/tokens" in ended.reason
    assert "401" in ended.reason


@pytest.mark.slow
def test_a_sync_of_a_thousand_users_takes_a_fraction_of_a_second(url: str, roster: Roster) -> None:
    app, where = DemoAdapter(), connection(url, roster)
    synced(app, where)

    taken = []
    for _ in range(3):
        started = time.process_time()
        app.sync(where, Mode.FULL)
        taken.append(time.process_time() - started)

    assert len(roster.users) > 900
    assert min(taken) < 1.0, f"the fastest of three syncs took {min(taken):.2f} s"
