"""Mistakes in how an app that shares no code with the demo reads lists."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import contextlib

from variants.trellis import Trellis
from variants.trellis_growth import KINDS, Growth, Lists, Record, Unreadable, Wire

from harness.contract.connection import Connection
from harness.demo.registry import mutant


@mutant(
    "has-no-terms-to-read",
    sees="classes belong to no term",
    mistake="reads schools, courses, users and sections, and no terms",
    cause="list-never-asked-for",
    breaks={"R2"},
    blocks={"R1", "R5", "R6", "R7"},
)
class HasNoTermsToRead(Trellis):
    """Terms were added to the graph later than to the plan."""

    def read(self, connection: Connection) -> Lists:
        token = self.token(connection)
        wire = self.wire(connection.api, self._clock)
        kinds = [kind for kind in KINDS if kind != "terms"]
        lists = {kind: self.records(wire, connection, kind, token) for kind in kinds}
        return {**lists, "terms": []}


@mutant(
    "asks-for-people-by-old-names",
    sees="nothing here; Clever is asked for what it does not have",
    mistake="asks for /students and /teachers first, and for /users when there is no answer",
    cause="unknown-path",
    breaks={"R3"},
)
class AsksForPeopleByOldNames(Trellis):
    """Some districts may still be on an older version."""

    def records(self, wire: Wire, connection: Connection, kind: str, token: str) -> list[Record]:
        if kind == "users":
            for path in ("students", "teachers"):
                try:
                    wire.ask(f"/v3.1/{path}?limit=200", f"Bearer {token}")
                except Unreadable:
                    continue
        return super().records(wire, connection, kind, token)


@mutant(
    "asks-an-old-version-first",
    sees="nothing here; Clever is asked in a version that it no longer has",
    mistake="asks for the district in version 2.0, and goes on without an answer",
    cause="old-version",
    breaks={"R3"},
)
class AsksAnOldVersionFirst(Trellis):
    """The welcome page shows the name of the district."""

    def records(self, wire: Wire, connection: Connection, kind: str, token: str) -> list[Record]:
        if kind == "schools":
            with contextlib.suppress(Unreadable):
                wire.ask("/v2.0/districts", f"Bearer {token}")
        return super().records(wire, connection, kind, token)


@mutant(
    "takes-the-last-for-a-mark",
    sees="one person and one class are missing, and nobody knows why",
    mistake="leaves out the last record of each list of several pages",
    cause="page-edge-lost",
    breaks={"R2"},
    blocks={"G4"},
)
class TakesTheLastForAMark(Trellis):
    """The last one read is where the next page begins."""

    class wire(Wire):
        def records(self, kind: str, token: str) -> list[Record]:
            pages = [[item["data"] for item in page["data"]] for page in self.pages(kind, token)]
            records = [record for page in pages for record in page]
            return records[:-1] if len(pages) > 1 else records


@mutant(
    "skips-users-with-unknown-fields",
    sees="people are missing since Clever has a new field",
    mistake="leaves out users with a field that it does not know",
    cause="unknown-field",
    breaks={"G20"},
)
class SkipsUsersWithUnknownFields(Trellis):
    """A schema is a schema."""

    class growth(Growth):
        known = frozenset(
            ("id", "district", "created", "last_modified", "email", "name", "roles", "lms_status")
        )

        def grow(self, lists: Lists) -> None:
            users = [user for user in lists["users"] if user.keys() <= self.known]
            super().grow({**lists, "users": users})
