"""Mirror: one day's shared records beside the app's active rows of them.

Everything is narrowed to what the app holds: a record it lacks is a matter of presence, and is
not counted again here. What both sides lose that way was not examined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.assess.scope import kinds_in
from harness.assess.united_rows import united
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, Section, User, roles_of
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short, spoken


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """That nothing of a row can be compared: the app holds none of the records it is about."""

    kind: Kind
    others: Sequence[str]
    """The Clever ids of those records."""


_OF_ROLES = (FindingKind.ROLE, FindingKind.SCHOOL)

Difference = Finding | NothingLeft | None
"""What a comparison of one row comes to; None when the row is right."""


class Mirror:
    """One day's shared records beside the app's active rows of them."""

    def __init__(self, index: RecordingIndex, district: str, day: str, after: str = "") -> None:
        self.index, self.district, self.day = index, district, day
        self.roster = index.roster(district, day)
        self._kinds = {kind: kinds_in(index, district, kind) for kind in KINDS}
        self.holdings = index.holdings(district, day, after)

    def as_held(self, holdings: Holdings) -> Mirror:
        """The same records beside what the app held at another moment."""
        other = copy(self)
        other.holdings = holdings
        return other

    @cached_property
    def shared_twice(self) -> Collection[str]:
        """The addresses that Clever gives to several users."""
        addresses = Counter(user.get("email") or "" for user in self.roster.users.values())
        return {address for address, times in addresses.items() if address and times > 1}

    def compare_users(
        self,
        ids: Iterable[str],
        key: str,
        compare: Callable[[Mirror, User, HeldUser], Difference],
        *also: str,
    ) -> Observation:
        """These users by one comparison, which is about kinds or roles besides theirs, too."""
        return self.compare(Kind.USERS, ids, (key,) if key else (), compare, also)

    def compare_sections(
        self,
        ids: Iterable[str],
        key: str,
        compare: Callable[[Mirror, Section, HeldSection], Difference],
        other: str,
    ) -> Observation:
        """These sections by one comparison, which is about records of another kind or role, too."""
        return self.compare(Kind.SECTIONS, ids, (key, other), compare, (other,))

    def compare(
        self,
        kind: Kind,
        ids: Iterable[str],
        keys: Sequence[str],
        compare: Callable[[Mirror, Any, Any], Difference],
        also: Sequence[str] = (),
    ) -> Observation:
        """These records by one comparison, unless it is declared that none of `keys` is held."""
        observation = Observation()
        observation.leave_out(self.index.expectations.declared(*keys))
        if not observation.not_applicable:
            self._compare(observation, kind, ids, compare, also)
        return observation

    def _compare(
        self,
        observation: Observation,
        kind: Kind,
        ids: Iterable[str],
        compare: Callable[[Mirror, Any, Any], Difference],
        also: Sequence[str],
    ) -> None:
        records, rows_of, kinds = self.roster.of(kind), self.holdings.active_rows, self._kinds[kind]
        compared: list[Sequence[str]] = []
        lapsed = self._lapsed(kind)
        for clever_id in ids:
            record = records.get(clever_id)
            if record is None:
                continue
            rows = rows_of(kind, clever_id)
            if not rows:
                self.absent(observation, kind, clever_id)
                continue
            if clever_id in lapsed:
                observation.leave_out(lapsed[clever_id])
                continue
            if len(rows) == 1:
                difference = compare(self, record, rows[0])
            else:
                difference = self._of_several(kind, record, (united(rows), *rows), compare)
            if isinstance(difference, NothingLeft):
                for other in difference.others:
                    self.absent(observation, difference.kind, other, also)
                continue
            compared.append(kinds(clever_id))
            observation.findings += [difference] if difference else []
        observation.saw_all([(*each, *also) for each in compared] if also else compared)

    def _lapsed(self, kind: Kind) -> Mapping[str, str]:
        """Who needs no account any more, of an app that waits to archive: it may leave them be.

        They are to it like people who are not shared.
        """
        waits = kind is Kind.USERS and self.index.expectations.waits_to_archive(
            self.district, self.day
        )
        if not waits:
            return {}
        left_out = self.index.expectations.left_out
        return {i: waits for i in self.roster.users if left_out(kind, i, self.roster)}

    def _of_several(
        self,
        kind: Kind,
        record: Any,
        rows: Sequence[Any],
        compare: Callable[[Mirror, Any, Any], Difference],
    ) -> Difference:
        """What the rows of one record come to, the first of which has all others united."""
        whole = self._whole(record, rows) if kind is Kind.USERS else range(len(rows))
        return self._agreed(kind, [compare(self, record, row) for row in rows], whole)

    def _whole(self, user: User, rows: Sequence[HeldUser]) -> Sequence[int]:
        """The places of the rows that have every role of Clever's which any of them has."""
        roles = [{role.role for role in row.roles} & roles_of(user).keys() for row in rows]
        every = set().union(*roles)
        return [place for place, held in enumerate(roles) if held == every]

    def _agreed(
        self, kind: Kind, differences: Sequence[Difference], whole: Collection[int]
    ) -> Difference:
        """What several rows come to, the first of which has them united.

        If they are declared, each has to show the right values, and all together the rest. If not,
        it is enough that any row is right, since that there are several is a finding of its own.
        Of roles and schools only a whole row can be right: another says nothing of what it lacks.
        """
        first = next(iter(differences), None)
        if kind not in self.index.profile.rows:
            about_roles = isinstance(first, Finding) and first.finding_kind in _OF_ROLES
            right = [place for place, difference in enumerate(differences) if difference is None]
            return None if any(place in whole or not about_roles for place in right) else first
        values = (
            difference
            for difference in differences
            if isinstance(difference, Finding) and difference.finding_kind is FindingKind.FIELD
        )
        return first or next(values, None)

    def absent(
        self, observation: Observation, kind: Kind, clever_id: str, kinds: Sequence[str] = ()
    ) -> None:
        """Note that the app does not hold a record, by declaration or not."""
        if declared := self.index.expectations.left_out(kind, clever_id, self.roster):
            observation.leave_out(declared)
        else:
            kinds = kinds or self._kinds[kind](clever_id)
            observation.lacks(kinds, RecordRef("", kind, clever_id))

    def waited_for(self, held: Iterable[str]) -> frozenset[str]:
        """Those of these ids that an app may still have in use, although they are not shared."""
        if not self.index.expectations.waits_to_archive(self.district, self.day):
            return frozenset()
        shared = self.roster
        return frozenset(i for i in held if i not in shared.users and i not in shared.schools)

    def roles_of(self, user_id: str) -> Collection[str]:
        user = self.roster.users.get(user_id)
        return () if user is None else roles_of(user)

    def schooled_roles(self, user_id: str) -> Collection[str]:
        """The roles of a user that Clever gives schools, as far as the app holds such users."""
        user = self.roster.users.get(user_id)
        roles = {} if user is None else roles_of(user)
        holds = self.index.expectations.holds_role
        return [role for role, fields in roles.items() if fields.get("schools") and holds(role)]

    def apart(self, wanted: Iterable[str], held: Iterable[str]) -> str:
        """Who or what is missing from the app's row, or left over in it, for a sentence's end."""
        wanted, held = list(wanted), set(held)
        if missing := [self.index.name(i) for i in wanted if i not in held]:
            return f": {short(spoken(missing, 2), 44)} missing"
        extra = [self.index.name(i) for i in sorted(held - set(wanted))]
        return f": {short(spoken(extra, 2), 44)} left over" if extra else ""

    def spoken(self, ids: Iterable[str]) -> str:
        return spoken((self.index.name(i) for i in ids), 6)

    def title(self, clever_id: str) -> str:
        return self.index.name(clever_id) if clever_id else "none"

    def finding(
        self,
        finding_kind: FindingKind,
        kind: Kind,
        clever_id: str,
        words: str,
        *,
        field: str,
        expected: str,
        found: str,
    ) -> Finding:
        return about(
            self.index.record_of(kind, clever_id),
            self.district,
            self.day,
            finding_kind,
            words,
            field=field,
            expected=expected,
            found=found,
        )
