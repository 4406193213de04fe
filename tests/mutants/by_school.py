"""Mistakes of apps that read the classes of each school by itself."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Mapping

from variants.by_school import ReadsClassesBySchool
from variants.trellis import Trellis
from variants.trellis_growth import Record, Wire

from harness.contract.connection import Connection
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync


@mutant(
    "asks-the-schools-of-last-night",
    sees="a new school has no classes until the night after",
    mistake="reads the classes of the schools it knew before the sync, school by school",
    cause="lists-of-new-parents",
    breaks={"R5", "R6"},
    blocks={"R9"},
    plays={"comings-and-goings"},
)
class AsksTheSchoolsOfLastNight(ReadsClassesBySchool):
    """The schools are in the database, so it is asked where classes are to be read."""

    class reader(ReadsClassesBySchool.reader):
        known: Mapping[str, bool] = {}
        """School of the database → whether it is in use."""

        def asked(self) -> Collection[str]:
            known = self.known
            return [school for school in self.listed if not known or known.get(school)]

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            district = self.store.district(self.reader.client.connection.district)
            query = "SELECT clever_id, archived FROM schools WHERE district_id = ?"
            rows = self.store.db.execute(query, (district,)).fetchall()
            assert isinstance(self.reader, AsksTheSchoolsOfLastNight.reader)
            self.reader.known = {row["clever_id"]: not row["archived"] for row in rows}
            return super().read()


@mutant(
    "waters-known-beds",
    sees="a new school has no classes until the night after",
    mistake="reads the classes of each school that was in its graph before the sync",
    cause="lists-of-new-parents",
    breaks={"R5", "R6"},
    blocks={"R9"},
    plays={"comings-and-goings"},
)
class WatersKnownBeds(Trellis):
    """Each school is a bed, and classes are looked for where there are beds."""

    def records(self, wire: Wire, connection: Connection, kind: str, token: str) -> list[Record]:
        if kind != "sections":
            return super().records(wire, connection, kind, token)
        listed = {record["id"] for record in super().records(wire, connection, "schools", token)}
        graph = self.graph_of(connection)
        known = {key[1] for key in graph.nodes if key[0] == "schools"}
        awake = {key[1] for key, _ in graph.awake("schools")}
        asked = sorted(listed & awake if known else listed)
        return [
            record for one in asked for record in wire.records(f"schools/{one}/sections", token)
        ]
