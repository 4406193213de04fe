"""Sentences of drafts that a recording refutes: a search for one person or record against each.

What is claimed of everybody or everything is looked up in what Clever shared and what rows the app
had, on days on which Clever answered well. No check, finding or clause is read for it. What a
profile declares is left out: an account rule, rows, a later archiving, what is not held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assess.sentence_claims import Year

from harness.assess.results import Results
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot, Status
from harness.contract.sync import SyncState
from harness.recording.recording import EditMade, LoggedRequest, Published, Recording, Synced

DISTRICTS = ("common", "neighbour", "comings-and-goings", "old-data")
DAYS = ("first-share", "midyear", "departures", "returns", "rollover", "quiet")
"""The days on which Clever answers well, in districts to which nothing happens as a whole."""
ROLES = {
    "students": "student",
    "teachers": "teacher",
    "staff": "staff",
    "district administrators": "district_admin",
    "contacts": "contact",
}
HAVE_SCHOOLS = ("student", "teacher", "staff")
KINDS = ("schools", "terms", "courses", "sections")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What Clever shared on a day and had shared before, and what the app had after its sync."""

    district: str
    day: str
    shared: Mapping[str, Mapping[str, Any]]
    before: tuple[Mapping[str, Mapping[str, Any]], ...]
    look: Snapshot
    looks: tuple[Snapshot | None, ...]
    """What the app had after the sync of each day before, if it was looked at."""

    @property
    def former(self) -> tuple[Snapshot, ...]:
        """What the app had after the syncs before."""
        return tuple(filter(None, self.looks))

    @cached_property
    def active(self) -> Mapping[str, list[Any]]:
        """Clever ID → the rows in use."""
        rows: dict[str, list[Any]] = {}
        for kind in (*KINDS, "users"):
            for row in getattr(self.look, kind):
                if row.status is Status.ACTIVE:
                    rows.setdefault(row.clever_id, []).append(row)
        return rows

    @cached_property
    def known(self) -> frozenset[str]:
        """The Clever IDs of all rows, archived or not."""
        kinds = (*KINDS, "users")
        return frozenset(row.clever_id for kind in kinds for row in getattr(self.look, kind))

    def people(self, noun: str) -> Iterator[tuple[str, Any]]:
        """Whoever Clever shares in a role."""
        role = ROLES.get(noun, "")
        for clever_id, user in self.shared["users"].items():
            if user["roles"].get(role) is not None:
                yield clever_id, user

    def of(self, noun: str, shared: Mapping[str, Mapping[str, Any]] | None = None) -> set[str]:
        """The Clever IDs of all records of a kind, or of all people in a role."""
        shared = self.shared if shared is None else shared
        if noun in KINDS:
            return set(shared[noun])
        role = ROLES.get(noun, "")
        return {i for i, user in shared["users"].items() if user["roles"].get(role) is not None}

    def gone(self, noun: str) -> set[str]:
        """What Clever shared on some day before and does not share any more, in any role."""
        once = set().union(*(self.of(noun, earlier) for earlier in self.before))
        return {i for i in once if all(i not in self.shared[kind] for kind in self.shared)}

    def back(self, noun: str) -> set[str]:
        """What Clever shares again, having shared it and then not."""
        known: set[str] = set()
        away: set[str] = set()
        for earlier in self.before:
            now = {i for kind in earlier for i in earlier[kind]}
            away |= known - now
            known |= now
        return self.of(noun) & away


def moments(recording: Recording) -> Iterator[Moment]:
    """The days that count, in the order of the year."""
    year = Year(recording)
    done = {place for place, asked in syncs(recording).items() if asked}
    for district in DISTRICTS:
        days = [day for where, day in year.rosters if where == district]
        for place, day in enumerate(days):
            look = year.looks.get((district, day, "sync"))
            if day in DAYS and look is not None and (district, day) in done:
                yield Moment(
                    district=district,
                    day=day,
                    shared=year.rosters[district, day],
                    before=tuple(year.rosters[district, earlier] for earlier in days[:place]),
                    look=look,
                    looks=tuple(
                        year.looks.get((district, earlier, "sync")) for earlier in days[:place]
                    ),
                )


def syncs(recording: Recording) -> Mapping[tuple[str, str], bool]:
    """District and day → whether Clever answered the sync anything, and it completed."""
    asked: set[tuple[str, str]] = set()
    completed: dict[tuple[str, str], bool] = {}
    for entry in recording.entries:
        match entry:
            case LoggedRequest(during="sync") if "/v3" in entry.path and entry.status == 200:
                asked.add((entry.district, entry.day))
            case Synced():
                place = entry.district, entry.day
                completed[place] = place in asked and entry.final.state is SyncState.COMPLETED
    return completed


def listed(nouns: str) -> list[str]:
    """The nouns of a list in a sentence."""
    words = re.split(r", | and ", nouns)
    return [word[:1].lower() + word[1:] for word in words]


Counter = Callable[[Moment, list[str]], Iterable[str]]


def without_account(moment: Moment, nouns: list[str]) -> Iterator[str]:
    for noun in nouns:
        yield from (i for i, _ in moment.people(noun) if i not in moment.active)


def wrong_members(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """Sections that are in use with other people than Clever lists, as far as these are shared."""
    for clever_id, section in moment.shared["sections"].items():
        for noun in (n for n in nouns if n in ("students", "teachers")):
            wanted = set(section[noun]) & moment.shared["users"].keys()
            rows = moment.active.get(clever_id, ())
            held = {i for row in rows for i in getattr(row, noun)}
            if rows and wanted != held & moment.shared["users"].keys():
                yield clever_id


def lacking_teachers(moment: Moment, nouns: list[str]) -> Iterator[str]:
    return wrong_members(moment, ["teachers"])


def in_use_though_gone(moment: Moment, nouns: list[str]) -> Iterator[str]:
    for noun in nouns:
        yield from (i for i in moment.gone(noun) if i in moment.active)


def deleted(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """What had been held in use and is in no list any more, of apps that show what they archive.

    An account that goes on under another Clever ID was given to the same person again.
    """
    kinds = (*KINDS, "users")
    rows = [r for former in moment.former for kind in kinds for r in getattr(former, kind)]
    accounts = {row.app_id for kind in kinds for row in getattr(moment.look, kind)}
    held = {row.clever_id for row in rows if row.app_id not in accounts}
    if moment.look.includes_archived:
        for noun in nouns:
            yield from (i for i in moment.gone(noun) & held if i not in moment.known)


def not_back(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """Of what had been in use before: what never was cannot be put back.

    What has been in use since it came back, and is not today, is another matter.
    """
    once: set[str] = set()
    known: set[str] = set()
    away: set[str] = set()
    for shared, look in zip(moment.before, moment.looks, strict=True):
        now = {i for kind in shared for i in shared[kind]}
        rows = (row for kind in (*KINDS, "users") for row in getattr(look, kind, ()))
        active = {row.clever_id for row in rows if row.status is Status.ACTIVE}
        away = (away | (known - now)) - (now & active)
        once |= active
        known |= now
    for noun in nouns:
        yield from (i for i in moment.back(noun) & once & away if i not in moment.active)


def other_schools(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """People in use whose schools are others than those of all their roles."""
    for noun in nouns:
        for clever_id, user in moment.people(noun):
            roles = [role for role in user["roles"].values() if role]
            wanted = {school for role in roles for school in role.get("schools") or ()}
            rows = moment.active.get(clever_id, ())
            placed = (role for row in rows for role in row.roles if role.role in HAVE_SCHOOLS)
            held = {school for role in placed for school in role.schools}
            if rows and wanted != held:
                yield clever_id


def other_roles(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """Teachers who are staff as well with other roles than Clever names."""
    for clever_id, user in moment.people("teachers"):
        if user["roles"].get("staff") is not None:
            wanted = {name for name, role in user["roles"].items() if role}
            rows = moment.active.get(clever_id, ())
            if wanted != {role.role for row in rows for role in row.roles}:
                yield clever_id


def left_at_old_school(moment: Moment, nouns: list[str]) -> Iterator[str]:
    moved = {
        i
        for earlier in moment.before[-1:]
        for i, user in moment.people("students")
        if i in earlier["users"]
        and (was := earlier["users"][i]["roles"].get("student"))
        and set(was.get("schools") or ()).isdisjoint(user["roles"]["student"].get("schools") or ())
    }
    return (i for i in other_schools(moment, ["students"]) if i in moved)


def one_membership_lost(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """People in use whom Clever lists in several sections, and the app not in all of them."""
    for noun in (n for n in nouns if n in ("students", "teachers")):
        wanted: dict[str, set[str]] = {}
        for clever_id, section in moment.shared["sections"].items():
            for person in section[noun] if clever_id in moment.active else ():
                wanted.setdefault(person, set()).add(clever_id)
        for person, sections in wanted.items():
            if len(sections) > 1 and person in moment.active:
                rows = (row for section in sections for row in moment.active.get(section, ()))
                if len(sections) != len({r.clever_id for r in rows if person in getattr(r, noun)}):
                    yield person


def several_of_one(moment: Moment, nouns: list[str]) -> Iterator[str]:
    yield from (i for i, rows in moment.active.items() if len(rows) > 1)


def classes_not_there(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """Classes that Clever had not shared before the rollover."""
    if moment.day == "rollover":
        known = {i for before in moment.before for i in before["sections"]}
        yield from (
            i for i in moment.shared["sections"] if i not in moment.active and i not in known
        )


def of_rollover(noun: str) -> Counter:
    def still_in_use(moment: Moment, nouns: list[str]) -> Iterator[str]:
        if moment.day == "rollover" and moment.before:
            was = moment.of(noun, moment.before[-1])
            yield from (i for i in was & moment.gone(noun) if i in moment.active)

    return still_in_use


def locked_out(moment: Moment, nouns: list[str]) -> Iterator[str]:
    """Students in use until the rollover, and since then not, although Clever shares them."""
    if moment.day == "rollover" and moment.former:
        was = {r.clever_id for r in moment.former[-1].users if r.status is Status.ACTIVE}
        yield from (i for i in without_account(moment, ["students"]) if i in was)


CLAIMS: Mapping[str, tuple[tuple[str, Counter], ...]] = {
    "user-types": ((r"(?:^|\. )([^.]*) have accounts\.", without_account),),
    "users-without-sections": ((r"^(.*?) have accounts whether or not", without_account),),
    "student-teacher-associations": (
        (r"Every section has the (.*?) that Clever lists,", wrong_members),
    ),
    "users-with-several-sections": (
        (r"^(.*?) can be in several sections at once", one_membership_lost),
    ),
    "co-teachers": ((r"(Every teacher) of a section has access", lacking_teachers),),
    "deleted-records": (
        (r"When (.*?) no longer appear in Clever's API, we archive", in_use_though_gone),
        (r"When (.*?) no longer appear in Clever's API, we archive", deleted),
        (r"When (.*?) no longer appear in Clever's API, they are out of use", in_use_though_gone),
    ),
    "restored-records": (
        (r"puts archived (.*?) back into use", not_back),
        (r"appears again, (.*?) are in use again", not_back),
    ),
    "users-in-several-schools": ((r"^(.*?) have one account each that", other_schools),),
    "teacher-administrators": ((r"(one account with both roles)", other_roles),),
    "student-changes-school": (
        (r"With the next sync students ((?:(?!do not)[^.])*)belong to the new", left_at_old_school),
    ),
    "key-identifier": ((r"^(The Clever ID)", several_of_one),),
    "rollover": (
        (r"we (?:.*)?(bring in the new year's classes).*?\.", classes_not_there),
        (r"we (?:.*)?(archive last year's classes).*?\.", of_rollover("sections")),
        (r"we (?:.*)?(archive students who left).*?\.", of_rollover("students")),
        (r"we (?:.*)?(keep in use the accounts of everybody who stays).*?\.", locked_out),
    ),
}
"""Question → what its answer claims of those in brackets, and what searches for one against it."""


def refuted(recording: Recording, results: Results) -> Iterator[str]:
    """The claims of drafts with the first record against each."""
    answers = {answer.question: answer.answer for answer in results.answers}
    days, edited = list(moments(recording)), edited_by_hand(recording)
    for question, claims in CLAIMS.items():
        for pattern, against in claims:
            if declared_otherwise(question, recording.header.profile):
                continue
            if profile_waits(question, pattern, recording.header.profile):
                continue
            for claim in re.findall(pattern, answers[question].split("We do not yet")[0]):
                nouns = [n for n in listed(claim) if unlimited(n, recording.header.profile)]
                for moment in days:
                    if record := next((i for i in against(moment, nouns) if i not in edited), ""):
                        yield f"{question}: {claim}: {moment.district} {moment.day} {record}"
                        break


def edited_by_hand(recording: Recording) -> frozenset[str]:
    """The casts of manual edits: answers say in sentences of their own whether these last."""
    edge_cases = {entry.edge_case for entry in recording.entries if isinstance(entry, EditMade)}
    return frozenset(
        clever_id
        for entry in recording.entries
        if isinstance(entry, Published)
        for edge_case, cast in entry.cast.items()
        if edge_case in edge_cases
        for clever_id in cast.values()
    )


def declared_otherwise(question: str, profile: Profile) -> bool:
    """Whether what a profile declares is another rule than that of the claims about a question."""
    if question == "deleted-records":
        return bool(profile.archiving) or "terms.past-and-future" in profile.not_held
    return question == "key-identifier" and bool(profile.rows)


def profile_waits(question: str, pattern: str, profile: Profile) -> bool:
    """Whether a profile declares that what is gone at rollover is archived later."""
    return question == "rollover" and "archive" in pattern and bool(profile.archiving)


def unlimited(noun: str, profile: Profile) -> bool:
    """Whether a profile declares nothing of when these people have an account."""
    return noun.replace("district administrators", "district_admins") not in profile.accounts
