"""Gaps: records that never reached the app, and which of its requests explains that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import cast

from harness.assess.api_paths import instead_of, is_known, joined_twice, pattern_of
from harness.assess.deliveries import Deliveries
from harness.assess.gap import Gap, GapReason
from harness.assess.gap_words import gap_words
from harness.assess.lists_read import ListRead
from harness.district.data_model.records import Kind, Record, User, roles_of, schools_of
from harness.district.data_model.roster import Roster
from harness.prose import counted


def gaps(
    deliveries: Deliveries,
    district: str,
    day: str,
    kind: Kind,
    records: Mapping[str, Record],
    absent: Collection[str],
    read_instead: Collection[str] = (),
) -> tuple[Gap, ...]:
    """Why these absent records, of which none was delivered, never reached the app.

    `read_instead` names the districts that the sync read instead of its own.
    """
    if not absent:
        return ()
    if read_instead:
        return (_astray(kind, frozenset(absent), ", ".join(sorted(read_instead))),)
    return tuple(_GapFinder(deliveries, district, day, kind).explain(records, absent))


def _astray(kind: Kind, absent: frozenset[str], others: str) -> Gap:
    number = counted(len(absent), str(kind)[:-1])
    return Gap(
        reason=GapReason.ASTRAY,
        kind=kind,
        place=f"/{kind}",
        clever_ids=absent,
        sentence=f"Your app asked for /{kind} with the token of the {others} district; {number} "
        "never reached it.",
        expected="the token of the district that is synced",
        found=f"that of the {others} district",
    )


class _GapFinder:
    """How the app read one kind of record in one sync."""

    def __init__(self, deliveries: Deliveries, district: str, day: str, kind: Kind) -> None:
        self.deliveries, self.district, self.day, self.kind = deliveries, district, day, kind
        lists = [read for read in deliveries.lists(district, day) if read.path.startswith("/v")]
        self.unknown = [read for read in lists if not _is_served(read)]
        self.known = [read for read in lists if _is_served(read) and read.name.kind is kind]
        self.whole = [read for read in self.known if read.name.whole]
        self.nested = [read for read in self.known if not read.name.whole]
        # For apps that read what belongs to each class or school, the latest first.
        self._failed = [read for read in reversed(self.nested) if not self.whole and read.failure]
        self._singles = {
            read.path.rsplit("/", 1)[-1]: read
            for read in lists
            if read.path.count("/") == 3 and f"/{kind}/" in read.path and read.failure
        }
        """Record → its own path, asked for without a good answer."""

    def explain(self, records: Mapping[str, Record], absent: Collection[str]) -> Iterable[Gap]:
        groups: dict[tuple[GapReason, str], list[str]] = defaultdict(list)
        behind: dict[tuple[GapReason, str], list[ListRead]] = {}
        for clever_id in absent:
            explained = self._reason(records[clever_id])
            if explained is None:
                continue
            reason, place, lists = explained
            groups[reason, place].append(clever_id)
            behind[reason, place] = lists
        for (reason, place), ids in groups.items():
            yield self._gap(reason, place, ids, behind[reason, place])

    def _gap(
        self, reason: GapReason, place: str, ids: Sequence[str], lists: Sequence[ListRead]
    ) -> Gap:
        words = gap_words(reason, self.kind, place, len(ids), lists)
        after = words.after
        return Gap(
            reason=reason,
            kind=self.kind,
            place=place,
            clever_ids=frozenset(ids),
            sentence=words.sentence,
            expected=words.expected,
            found=words.found,
            request=self.deliveries.request_words(self.district, after) if after else "",
        )

    def _reason(self, record: Record) -> tuple[GapReason, str, list[ListRead]] | None:
        """What kept a record from the app; None when every list that has it was read."""
        for read in self.unknown:
            serves = instead_of(read.path)
            if serves is None or serves.kind is not self.kind or not _has(serves.role, record):
                continue
            # What was read in part came to its end with a link that was joined wrongly.
            if joined_twice(read.path) or not self._read(record):
                return GapReason.NO_SUCH_PATH, pattern_of(read.path), [read]
        having = self._read(record)
        for read in having:
            if not read.complete:
                reason = GapReason.FAILED if read.failure else GapReason.NOT_FOLLOWED
                return reason, str(read.name), [read]
        if having:
            return None
        if single := self._singles.get(str(record["id"])):
            return GapReason.FAILED, f"/{self.kind}/{{id}}", [single]
        short = [read for read in self.nested if read.pages and not read.complete]
        if short and not self.whole:
            name = str(short[0].name)
            return GapReason.NOT_FOLLOWED, name, [r for r in short if str(r.name) == name]
        if failed := self._failed_members(str(record["id"])):
            return GapReason.FAILED, str(failed.name), [failed]
        if self.known:
            return GapReason.NARROWED, self.known[0].name.path, [*self.whole, *self.nested]
        return GapReason.NEVER_ASKED, f"/{self.kind}", []

    def _failed_members(self, clever_id: str) -> ListRead | None:
        """The list that failed, where the app reads what belongs to each class or school.

        None for what belongs to none, and so is on no such list.
        """
        if not self._failed:
            return None
        roster = self.deliveries.roster(self.district, self.day)
        on_it = (r for r in self._failed if _belongs(roster, self.kind, clever_id, r.path))
        return next(on_it, None)

    def _read(self, record: Record) -> list[ListRead]:
        """The lists of the whole district that have a record, however far they were read."""
        return [
            read
            for read in self.whole
            if not read.filters.keys() - {"role"} and _has(read.name.role, record)
        ]


def _belongs(roster: Roster, kind: Kind, clever_id: str, path: str) -> bool:
    """Whether a record belongs to a record such as the one whose list this is."""
    sections = roster.sections.values()
    if "/sections/" in path:
        return any(clever_id in (*row["students"], *row["teachers"]) for row in sections)
    if "/schools/" not in path:
        return False
    if kind is Kind.USERS:
        return bool(list(schools_of(roster.users[clever_id])))
    return any(clever_id in (row["id"], row.get("course"), row.get("term_id")) for row in sections)


def _is_served(read: ListRead) -> bool:
    """Whether version 3 has the list."""
    return is_known(read.path) and read.path.startswith(("/v3.0/", "/v3.1/"))


def _has(role: str, record: Record) -> bool:
    """Whether a list narrowed to a role, or to none, has a record."""
    return not role or role in roles_of(cast(User, record))
