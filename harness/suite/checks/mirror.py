"""Mirror: one day's shared records beside the app's active rows of them.

Everything is narrowed to what the app holds: a record it lacks is a matter of presence, and is
not counted again here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, Section, User, roles_of
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import short, spoken


class Mirror:
    """One day's shared records beside the app's active rows of them."""

    def __init__(self, index: RecordingIndex, district: str, day: str) -> None:
        self.index, self.district, self.day = index, district, day
        self.roster = index.roster(district, day)
        self.holdings = index.holdings(district, day)
        self.shared_twice = {
            address
            for address, times in Counter(
                user.get("email") or "" for user in self.roster.users.values()
            ).items()
            if times > 1
        }

    def compare_users(
        self,
        ids: Iterable[str],
        key: str,
        compare: Callable[[Mirror, User, HeldUser], Finding | None],
    ) -> Observation:
        """These users by one comparison, which returns None when a row is right."""
        observation = Observation(
            not_applicable=self.index.expectations.declared(key) if key else ""
        )
        if observation.not_applicable:
            return observation
        for user_id in ids:
            user, row = self.roster.users.get(user_id), self.holdings.active(Kind.USERS, user_id)
            if user is None or not isinstance(row, HeldUser):
                continue
            observation.examined += 1
            if finding := compare(self, user, row):
                observation.findings.append(finding)
        return observation

    def compare_sections(
        self,
        ids: Iterable[str],
        key: str,
        compare: Callable[[Mirror, Section, HeldSection], Finding | None],
    ) -> Observation:
        """These sections by one comparison, which returns None when a row is right."""
        linked = {
            "sections.course": "courses",
            "sections.term": "terms",
            "sections.school": "schools",
        }
        observation = Observation(
            not_applicable=self.index.expectations.declared(key)
            or (self.index.expectations.declared(linked[key]) if key in linked else "")
        )
        if observation.not_applicable:
            return observation
        for section_id in ids:
            section = self.roster.sections.get(section_id)
            row = self.holdings.active(Kind.SECTIONS, section_id)
            if section is None or not isinstance(row, HeldSection):
                continue
            observation.examined += 1
            if finding := compare(self, section, row):
                observation.findings.append(finding)
        return observation

    def roles_of(self, user_id: str) -> Collection[str]:
        user = self.roster.users.get(user_id)
        return () if user is None else roles_of(user)

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
