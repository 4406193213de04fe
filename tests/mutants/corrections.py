"""Mistakes with values that change twice, or become again what they were."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Importer
from variants.coursebridge_site import Record, Row
from variants.trellis import Trellis
from variants.trellis_graph import Graph, Key

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Role
from harness.demo.schema import SCHEMA
from harness.demo.store import Row as Columns
from harness.demo.store import Store

HERE = {"comings-and-goings"}


@mutant(
    "corrects-once",
    sees="a name that was corrected wrongly stays as it was corrected",
    mistake="takes over the first change of a user's name, and no later one",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class CorrectsOnce(DemoAdapter):
    """A correction is marked as done."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS corrected ("
            " user_id INTEGER, field TEXT, UNIQUE (user_id, field));"
        )

        def update(self, table: str, known: int, row: Columns) -> None:
            kept = {field: row[field] for field in row if not self.is_done(table, known, field)}
            for field in ("first_name", "last_name") if table == "users" else ():
                query = f"SELECT 1 FROM users WHERE id = ? AND {field} IS NOT ?"
                if field in kept and self.value(query, known, row[field]):
                    self.insert("corrected", {"user_id": known, "field": field})
            super().update(table, known, kept)

        def is_done(self, table: str, known: int, field: str) -> bool:
            query = "SELECT 1 FROM corrected WHERE user_id = ? AND field = ?"
            return table == "users" and self.value(query, known, field) is not None


@mutant(
    "schools-of-the-past-are-past",
    sees="who works again at a school of before does not see it",
    mistake="keeps a list of the schools that a role had before, and gives it none of them again",
    cause="membership-stays-ended:school",
    breaks={"G2"},
    plays=HERE,
)
class SchoolsOfThePastArePast(DemoAdapter):
    """What has ended is in the records, and what is in the records has ended."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS ended ("
            " user_id INTEGER, role TEXT, school_id INTEGER, UNIQUE (user_id, role, school_id));"
        )

        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT role, school_id FROM roles WHERE user_id = ?"
            before = {tuple(row) for row in self.db.execute(query, (user,))}
            listed = tuple(roles)
            super().set_roles(user, listed, schools)
            self.db.execute(
                "DELETE FROM roles WHERE user_id = ?1 AND (role, school_id) IN"
                " (SELECT role, school_id FROM ended WHERE user_id = ?1)",
                (user,),
            )
            left = {row["role"] for row in self.db.execute(query, (user,))}
            for role in {role.name for role in listed} - left:
                self.insert("roles", {"user_id": user, "role": role})
            now = {tuple(row) for row in self.db.execute(query, (user,))}
            ended = (one for one in before - now if one[0] in {role.name for role in listed})
            self.each(
                "INSERT OR IGNORE INTO ended VALUES (?, ?, ?)", ((user, *one) for one in ended)
            )


@mutant(
    "merges-each-fingerprint-once",
    sees="a correction that is taken back stays",
    mistake="keeps all fingerprints of a name and an address, and merges those with a new one",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class MergesEachFingerprintOnce(Coursebridge):
    """What has been merged once need not be merged again."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            merged: set[tuple[str | None, ...]] = self.site.__dict__.setdefault("merged", set())
            before = {name: row.values.get(name) for name in ("first_name", "last_name", "email")}
            super().update(kind, row, record)
            entry = row.id, *(row.values.get(name) for name in before)
            if kind != "users" or before == {name: row.values.get(name) for name in before}:
                return
            if entry in merged:
                row.values |= before
            merged.add(entry)


@mutant(
    "cut-roots-do-not-grow-again",
    sees="a class that moves back to its school of before is at none",
    mistake="never draws an edge from a section to a school again that it has erased once",
    cause="membership-stays-ended:school",
    breaks={"R5"},
    plays=HERE,
)
class CutRootsDoNotGrowAgain(Trellis):
    """What has been cut off does not grow again."""

    class graph(Graph):
        def draw(
            self, source: Key, relation: str, target: Key, values: Mapping[str, object]
        ) -> None:
            cut: set[tuple[Key, str, Key]] = self.__dict__.setdefault("cut", set())
            if (source, relation, target) not in cut:
                super().draw(source, relation, target, values)

        def erase(self, source: Key, relation: str, target: Key) -> None:
            super().erase(source, relation, target)
            if source[0] == "sections" and relation == "school":
                self.__dict__.setdefault("cut", set()).add((source, relation, target))


@mutant(
    "restores-by-address",
    sees="who comes back with another e-mail address finds an empty account",
    mistake="looks for archived users by their e-mail address, and for others by the Clever ID",
    cause="looked-up-by:email",
    breaks={"R1", "R6"},
    plays=HERE,
)
class RestoresByAddress(DemoAdapter):
    """Who is archived has no Clever ID any more, but still an address."""

    class store(Store):
        schema = SCHEMA.replace("clever_id TEXT UNIQUE", "clever_id TEXT")

        def find(self, table: str, row: Columns) -> int | None:
            if table != "users":
                return super().find(table, row)
            active = "SELECT id FROM users WHERE clever_id = ? AND NOT archived"
            known = self.value(active, row["clever_id"])
            if known is not None:
                return known
            archived = (
                "SELECT id FROM users WHERE clever_id = ? AND archived AND email IS ?"
                " ORDER BY id DESC"
            )
            return self.value(archived, row["clever_id"], row["email"])
