"""Mistakes about people who are new to Clever, although the app knows their like."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from variants.identity import Mark, MatchesAgain

from harness.demo.adapter import DemoAdapter
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Person, Roster
from harness.demo.rows import user_row
from harness.demo.store import Held, Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "keeps-old-person-active",
    sees="the account of before can still sign in after a new one has come",
    mistake="archives nobody whose e-mail address somebody has",
    cause="keeps-active",
    breaks={"R6"},
)
class KeepsOldPersonActive(DemoAdapter):
    """Whose e-mail address is still in use has not left."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            gone = super().gone(table, district, ids, roster)
            used = {person.email for person in roster.people if person.email}
            query = "SELECT id, email FROM users WHERE district_id = ?"
            rows = self.store.db.execute(query, (district,)) if table == "users" else ()
            return gone - {row["id"] for row in rows if row["email"] in used}


@mutant(
    "stays-locked-out",
    sees="who comes back with another number cannot sign in",
    mistake="leaves an archived account archived when it is known again under a new Clever id",
    cause="never-restores",
    breaks={"R5"},
    blocks={"R1"},
)
class StaysLockedOut(MatchesAgain):
    """Who is known again has the old account as it was."""

    class district_sync(MatchesAgain.district_sync):
        def match(self, district: int, people: Iterable[Person]) -> None:
            self.locked: set[int] = set()
            super().match(district, people)

        def renew(self, account: int, row: Row) -> None:
            if self.store.value("SELECT archived FROM users WHERE id = ?", account):
                self.locked.add(account)
            super().renew(account, row)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            gone = super().gone(table, district, ids, roster)
            return gone | self.locked if table == "users" else gone


@mutant(
    "loses-work-on-new-number",
    sees="who gets another number finds the account, and it is empty",
    mistake="deletes the work of an account that gets a new Clever id",
    cause="deletes-work-with-account",
    breaks={"R8"},
)
class LosesWorkOnNewNumber(MatchesAgain):
    """Who is known again under another number has a new library card, and an empty shelf."""

    class district_sync(MatchesAgain.district_sync):
        def renew(self, account: int, row: Row) -> None:
            super().renew(account, row)
            self.store.db.execute("DELETE FROM progress WHERE user_id = ?", (account,))


@mutant(
    "matches-again-by-address",
    sees="a new student finds the work of one who has left",
    mistake="gives newcomers the account of who had their e-mail address before",
    cause="looked-up-by:email",
    breaks={"R1", "R6"},
    blocks={"R8"},
)
class MatchesAgainByAddress(MatchesAgain):
    """Who has the address of an account is its owner, whatever the name."""

    class district_sync(MatchesAgain.district_sync):
        def mark(self, row: Row | Held, student: bool) -> Mark:
            return row["email"], student


@mutant(
    "refuses-known-addresses",
    sees="who gets another number has no account",
    mistake="leaves out newcomers whose e-mail address an account already has",
    cause="looked-up-by:email",
    breaks={"R1", "R5"},
    blocks={"R8", "R9", "G4"},
)
class RefusesKnownAddresses(DemoAdapter):
    """An address is an account's for good; whoever comes with it later is somebody we have."""

    class district_sync(DistrictSync):
        taken = "SELECT id FROM users WHERE email = ? AND clever_id IS NOT NULL"

        def apply(self, roster: Roster) -> None:
            people = tuple(filter(self.is_free, roster.people))
            super().apply(replace(roster, people=people))

        def is_free(self, person: Person) -> bool:
            row = user_row(person)
            known = self.store.value(self.taken, row["email"])
            return known is None or self.store.find("users", row) is not None


@mutant(
    "refuses-addresses-of-leavers",
    sees="a new student with the address of one who left has no account",
    mistake="leaves out newcomers whose e-mail address an archived account has",
    cause="looked-up-by:email",
    breaks={"R5"},
    blocks={"G3", "R1", "R6", "R8"},
    plays={"comings-and-goings"},
)
class RefusesAddressesOfLeavers(DemoAdapter):
    """Whoever comes with the address of an account that is archived is somebody to look into."""

    class district_sync(RefusesKnownAddresses.district_sync):
        taken = "SELECT id FROM users WHERE email = ? AND archived"


@mutant(
    "keeps-taken-addresses",
    sees="two people who swap their addresses get each other's mail",
    mistake="leaves an e-mail address as it was when another account has the new one",
    cause="needs-unique:email",
    breaks={"R5"},
)
class KeepsTakenAddresses(DemoAdapter):
    """Who wants the address of another account keeps their own."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            query = "SELECT id FROM users WHERE email = ? AND id <> ?"
            if table == "users" and self.value(query, row["email"], known) is not None:
                row = {column: value for column, value in row.items() if column != "email"}
            super().update(table, known, row)


@mutant(
    "fills-classes-before-people",
    sees="new students see their classes a day after their account",
    mistake="puts into classes only people it had before the sync",
    cause="members-a-sync-late",
    breaks={"R9"},
    blocks={"D1", "R1", "R5", "R8"},
)
class FillsClassesBeforePeople(DemoAdapter):
    """The job for classes runs before the job for people."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.before = self.store.active("users", district)
            return super().save(district, roster)

        def known(self, people: Iterable[str], users: Ids) -> list[int]:
            return [user for user in super().known(people, users) if user in self.before]


@mutant(
    "links-contacts-as-they-come",
    sees="a new child is not among the children of a parent whom the app has known for years",
    mistake="drops a relationship to a new student who stands in the list after the contact",
    cause="members-a-sync-late",
    breaks={"G4"},
)
class LinksContactsAsTheyCome(DemoAdapter):
    """People are stored as they come, and who is not there yet is no one's child."""

    class district_sync(DistrictSync):
        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            self.before = self.store.active("users", district)
            return super().save(district, roster)

        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            users, there = saved["users"], set(self.before)
            super().link(roster, saved)
            for person in roster.people:
                there.add(users[person.clever_id])
                met = {student: user for student, user in users.items() if user in there}
                if person.relationships:
                    self.store.set_relationships(users[person.clever_id], person.relationships, met)


@mutant(
    "imports-classes-of-today",
    sees="next semester's classes cannot be prepared",
    mistake="leaves out the sections of terms that are over or have not begun",
    cause="not-of-today",
    breaks={"R2"},
)
class ImportsClassesOfToday(DemoAdapter):
    """Who teaches today needs the classes of today."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            today = date.today().isoformat()  # noqa: DTZ011 - the school's calendar
            terms = {
                term.clever_id
                for term in roster.terms
                if (term.start_date or today) <= today <= (term.end_date or today)
            }
            kept = (row for row in roster.sections if not row.term or row.term in terms)
            return replace(roster, sections=tuple(kept))


@mutant(
    "creates-nobody-alone",
    sees="a student who comes in the middle of the year has no account",
    mistake="creates no account in a sync that would create a single one",
    cause="unknown",
    breaks={"R5"},
    blocks={"R8", "T2"},
)
class CreatesNobodyAlone(DemoAdapter):
    """A single new account is a slip of the school office, and waits for the next sync."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            new = [p for p in roster.people if self.store.find("users", user_row(p)) is None]
            kept = tuple(p for p in roster.people if p not in new) if len(new) == 1 else None
            super().apply(roster if kept is None else replace(roster, people=kept))
