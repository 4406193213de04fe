"""Expectations: what an app is expected to hold, by what its vendor declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.contract.profile import HOLDABLE, Profile
from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.district.data_model.roster import Roster

ROLE_KEYS = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district_admins",
    "contact": "contacts",
}


class Declared(str):
    """The sentence that an app is declared not to hold something, and all that it is about."""

    keys: tuple[str, ...]
    """Keys of `HOLDABLE`; the sentence names the first."""

    def __new__(cls, keys: tuple[str, ...], sentence: str) -> Declared:
        declared = super().__new__(cls, sentence)
        declared.keys = keys
        return declared

    def __reduce__(self) -> tuple[type[Declared], tuple[tuple[str, ...], str]]:
        return Declared, (self.keys, str(self))


class Expectations:
    """Which of the records Clever shares the app should hold; declarations are the exceptions."""

    def __init__(self, profile: Profile, run_date: str) -> None:
        self._profile, self._run_date = profile, run_date
        self._users: dict[int, Sequence[str]] = {}
        """The expected users of each roster, which the recording keeps alive."""

    def holds(self, what: str) -> bool:
        return self._profile.holds(what)

    def declared(self, *what: str) -> str:
        """The declaration that the app does not hold one of these, in a sentence; or ""."""
        not_held = self._profile.not_held
        keys = [name for key in what for name in (key, key.partition(".")[0]) if name in not_held]
        if not keys:
            return ""
        words = f"The vendor declares that it does not hold {HOLDABLE[keys[0]]}"
        return Declared(tuple(dict.fromkeys(keys)), f"{words}: {not_held[keys[0]]}")

    def expects(self, user: User) -> bool:
        """Whether the app is expected to hold a user, by the roles it declares to hold."""
        return any(self.holds_role(role) for role in roles_of(user))

    def holds_role(self, role: str) -> bool:
        return self.holds(ROLE_KEYS[role])

    def expected_ids(self, kind: Kind, roster: Roster) -> Sequence[str]:
        """The Clever IDs of a kind that the app is expected to hold."""
        if kind is Kind.USERS:
            if id(roster) not in self._users:
                expected = [key for key, user in roster.users.items() if self.expects(user)]
                self._users[id(roster)] = expected
            return self._users[id(roster)]
        if not self.holds(kind):
            return []
        return [
            clever_id
            for clever_id, record in roster.of(kind).items()
            if not self.outside_now(kind, record, roster)
        ]

    def left_out(self, kind: Kind, clever_id: str, roster: Roster) -> str:
        """The declaration by which the app does not hold a record; "" when it should hold it."""
        record = roster.of(kind).get(clever_id)
        if kind is not Kind.USERS:
            outside = self.outside_now(kind, record, roster) if record else ""
            return self.declared(kind) or outside
        user = roster.users.get(clever_id)
        if user is None or self.expects(user):
            return ""
        return self.declared(*(ROLE_KEYS[role] for role in roles_of(user)))

    def outside_now(self, kind: Kind, record: Record, roster: Roster) -> str:
        """The declaration by which the app does not hold what is over or has not begun; or ""."""
        if "terms.past-and-future" not in self._profile.not_held:
            return ""
        term: Mapping[str, object] = {}
        if kind is Kind.TERMS:
            term = {**record}
        elif kind is Kind.SECTIONS:
            term = {**roster.terms.get(str(record.get("term_id")), {})}
        today = self._run_date
        starts, ends = (str(term.get(key) or today) for key in ("start_date", "end_date"))
        return "" if starts <= today <= ends else self.declared("terms.past-and-future")
