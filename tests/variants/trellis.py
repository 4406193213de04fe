"""Trellis: a reading app whose store is a graph, and which shares code with no other app.

Schools, terms, courses, sections and people are nodes, and whatever relates them is an edge. A
record is in use while the district's own edge to it is held. Each sync is a generation: it stamps
the edges that Clever implies and erases the others. A record that nobody refers to sleeps, with its
id, its values and its work, and wakes up when it is listed again.
"""

from __future__ import annotations

import threading
from typing import Any

from variants.trellis_graph import Graph, Guest, Key, Node
from variants.trellis_growth import KINDS, Growth, Lists, Record, Unreadable, Wire

from harness.contract.account import Account, Created
from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    LocalRecord,
    Snapshot,
    Status,
    StudentRelationship,
    Work,
)
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import variant


@variant("graph", "its store is a graph, and a record is in use while something refers to it")
class Trellis:
    """Drives and reads one installation."""

    profile = Profile(
        app="Trellis",
        company="Trellis Reading (an invented vendor)",
        version="2.0",
        declares={
            "matching-students": ("former-id", "email", "number"),
            "matching-teachers": ("former-id", "email", "number"),
            "create-user": ("persists",),
            "create-group": ("persists",),
            "split-section": ("persists",),
        },
    )
    wire: type[Wire] = Wire
    growth: type[Growth] = Growth
    graph: type[Graph] = Graph

    def __init__(self, clock: str = "") -> None:
        self._clock = SkippableClock(clock) if clock else None
        self._graphs: dict[str, Graph] = {}
        self._growing = threading.Lock()

    def connect(self, connection: Connection) -> None:
        """A district gets its graph."""
        self.graph_of(connection)

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """One generation, if every list can be read."""
        try:
            lists = self.read(connection)
        except Unreadable as reason:
            return Sync(state=SyncState.REFUSED, reason=f"{reason}; nothing was changed.")
        with self._growing:
            self.growth(self.graph_of(connection)).grow(lists)
        return Sync(state=SyncState.COMPLETED)

    def read(self, connection: Connection) -> Lists:
        """Every list; raises Unreadable."""
        token = self.token(connection)
        wire = self.wire(connection.api, self._clock)
        return {kind: self.records(wire, connection, kind, token) for kind in KINDS}

    def token(self, connection: Connection) -> str:
        """The token of today; raises Unreadable."""
        return self.wire(connection.accounts, self._clock).token(connection)

    def records(self, wire: Wire, connection: Connection, kind: str, token: str) -> list[Record]:
        """One list; raises Unreadable."""
        return wire.records(kind, token)

    def sync_twice(self, connection: Connection, mode: Mode) -> Sync:
        """Two generations at once: they read together, and grow one after the other."""
        ended: list[Sync] = []

        def sync() -> None:
            ended.append(self.sync(connection, mode))

        syncs = [threading.Thread(target=sync) for _ in range(2)]
        for each in syncs:
            each.start()
        for each in syncs:
            each.join()
        return min(ended, key=lambda sync: sync.state is not SyncState.COMPLETED)

    def create_account(self, connection: Connection, account: Account) -> Created:
        """A guest from before Clever."""
        node = Node(work=list(account.lessons))
        name = f"{account.first_name} {account.last_name}"
        self.graph_of(connection).guests.append(Guest(node, name, account))
        return Created(app_id=str(node.number))

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """A lesson belongs to the node; raises LookupError if nobody can sign in."""
        node = self.graph_of(connection).nodes.get(("users", clever_id))
        if node is None or not node.awake:
            raise LookupError(f"nobody with the Clever ID {clever_id} can sign in")
        node.work.append(lesson)

    def edit(self, connection: Connection, edit: Edit) -> None:
        """Guests and groups are made by hand; raises NotImplementedError for all else."""
        graph = self.graph_of(connection)
        if edit.kind is EditKind.CREATE_USER:
            graph.guests.append(Guest(Node(), edit.name))
        elif edit.kind in (EditKind.CREATE_GROUP, EditKind.SPLIT_SECTION):
            number = f"g{len(graph.groups) + 1}"
            group = LocalRecord(app_id=number, name=edit.name, members=edit.users)
            graph.groups.append(group)
        else:
            raise NotImplementedError(edit.kind)

    def snapshot(self, connection: Connection) -> Snapshot:
        """All that is kept of a district."""
        graph = self.graph_of(connection)
        keys: dict[str, list[Key]] = {kind: [] for kind in KINDS}
        for key in graph.nodes:
            keys[key[0]].append(key)
        people = [graph.nodes[key] for key in keys["users"]]
        nodes = (*people, *(guest.node for guest in graph.guests))
        return Snapshot(
            schools=tuple(HeldSchool(**_known(graph, key)) for key in keys["schools"]),
            terms=tuple(HeldTerm(**_known(graph, key)) for key in keys["terms"]),
            courses=tuple(HeldCourse(**_known(graph, key)) for key in keys["courses"]),
            sections=tuple(_section(graph, key) for key in keys["sections"]),
            users=tuple(_user(graph, key) for key in keys["users"]),
            progress=tuple(
                Work(account=str(node.number), lesson=lesson)
                for node in nodes
                for lesson in node.work
            ),
            local_users=tuple(
                LocalRecord(app_id=str(guest.node.number), name=guest.name)
                for guest in graph.guests
            ),
            local_groups=tuple(graph.groups),
        )

    def graph_of(self, connection: Connection) -> Graph:
        """Where a district grows."""
        return self._graphs.setdefault(connection.district, self.graph())


def _known(graph: Graph, key: Key) -> dict[str, Any]:
    node = graph.nodes[key]
    status = Status.ACTIVE if node.awake else Status.ARCHIVED
    return {"clever_id": key[1], "app_id": str(node.number), "status": status, **node.values}


def _section(graph: Graph, key: Key) -> HeldSection:
    places = {
        name: next((target[1] for target, _ in graph.targets(key, name)), None)
        for name in ("school", "course", "term_id")
    }
    return HeldSection(
        **_known(graph, key),
        school=places["school"],
        course=places["course"],
        term=places["term_id"],
        teachers=_members(graph, key, "teaches"),
        students=_members(graph, key, "enrols"),
    )


def _members(graph: Graph, section: Key, relation: str) -> tuple[str, ...]:
    edges = sorted(graph.targets(section, relation), key=lambda found: found[1].values["rank"])
    return tuple(
        person[1] for person, _ in edges if person in graph.nodes and graph.nodes[person].awake
    )


def _user(graph: Graph, key: Key) -> HeldUser:
    roles: dict[str, list[str]] = {}
    for relation, (_, school) in graph.edges.get(key, {}):
        if relation.startswith("role:"):
            roles.setdefault(relation.removeprefix("role:"), []).extend(filter(None, [school]))
    return HeldUser(
        **_known(graph, key),
        roles=tuple(HeldRole(role=role, schools=tuple(at)) for role, at in roles.items()),
        student_relationships=tuple(
            StudentRelationship(student=child[1], relationship=edge.values["relationship"])
            for child, edge in graph.targets(key, "kin")
        ),
    )
