"""Expectations: what an app is expected to hold, by what its vendor declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from harness.assess.addresses import may_be_left_out
from harness.contract.account_rules import RULES, AccountRule, rule_key
from harness.contract.profile import HOLDABLE, Profile
from harness.district.data_model.records import Kind, Record, RoleName, User, roles_of
from harness.district.data_model.roster import Roster
from harness.plan.plan import ARCHIVES_LATER, Day

ROLE_KEYS = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district_admins",
    "contact": "contacts",
}
ROLES: Mapping[str, RoleName] = {key: cast("RoleName", role) for role, key in ROLE_KEYS.items()}
"""Key of `HOLDABLE` → role."""


ARCHIVING_KEY = "archiving"
"""What a verdict leaves out of an app that is declared to wait before it archives."""


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

    def __init__(
        self, profile: Profile, run_date: str, days: Mapping[int, str] | None = None
    ) -> None:
        """`days` are the dates, as an app hears them, on which rosters are shared, by their id."""
        self._profile, self._run_date, self._days = profile, run_date, days or {}
        self._held_roles = frozenset(role for role, key in ROLE_KEYS.items() if self.holds(key))
        self._unlimited = frozenset(
            role
            for role, key in ROLE_KEYS.items()
            if not self.declared(key) and key not in profile.accounts
        )
        """The roles in which everybody has an account."""
        self._of_any_time = "terms.past-and-future" not in profile.not_held
        self._users: dict[int, Sequence[str]] = {}
        """The expected users of each roster, which the recording keeps alive."""
        self._members: dict[int, frozenset[str]] = {}
        """Whom the classes of each roster list."""
        self._in_roles: dict[int, Mapping[RoleName, Mapping[str, User]]] = {}
        self._with_account: dict[tuple[int, RoleName], Mapping[str, User]] = {}

    def holds(self, what: str) -> bool:
        return self._profile.holds(what)

    def declared(self, *what: str) -> str:
        """The declaration that the app does not hold one of these, in a sentence; or ""."""
        not_held = self._profile.not_held
        names = [name for key in what for name in (key, key.partition(".")[0])]
        keys = [name for name in names if name in not_held]
        if not keys:
            at_login = [name for name in names if self._profile.at_login(name)]
            return self._ruled(at_login[0], AccountRule.AT_LOGIN) if at_login else ""
        words = f"The vendor declares that it does not hold {HOLDABLE[keys[0]]}"
        return Declared(tuple(dict.fromkeys(keys)), f"{words}: {not_held[keys[0]]}")

    def expects(self, user: User, roster: Roster) -> bool:
        """Whether the app is expected to hold a user, by the roles it declares to hold."""
        roles = roles_of(user)
        return not self._unlimited.isdisjoint(roles) or any(
            not self.without_account(role, user, roster) for role in roles
        )

    def nobody(self) -> str:
        """The declaration by which no sync sets up any account, if there is one for each role."""
        declared = [self.declared(key) for key in ROLE_KEYS.values()]
        return declared[0] if all(declared) else ""

    def holds_role(self, role: str) -> bool:
        return role in self._held_roles

    def without_account(self, role: str, user: User, roster: Roster) -> str:
        """The declaration by which a user needs no account in this role; or ""."""
        key = ROLE_KEYS[role]
        if declared := self.declared(key):
            return declared
        for rule in self._profile.accounts.get(key, ()):
            if self.ruled_out(rule, user, roster):
                return self._ruled(key, rule)
        return ""

    def in_role(self, role: RoleName, roster: Roster) -> Mapping[str, User]:
        """Whomever Clever shares in a role, by Clever ID."""
        if id(roster) not in self._in_roles:
            users: dict[RoleName, dict[str, User]] = {name: {} for name in ROLES.values()}
            for clever_id, user in roster.users.items():
                for name in roles_of(user):
                    users[name][clever_id] = user
            self._in_roles[id(roster)] = users
        return self._in_roles[id(roster)][role]

    def with_account(self, role: RoleName, roster: Roster) -> Mapping[str, User]:
        """Those of them whose account no declaration is about."""
        everybody = self.in_role(role, roster)
        if role in self._unlimited:
            return everybody
        if (id(roster), role) not in self._with_account:
            self._with_account[id(roster), role] = {
                clever_id: user
                for clever_id, user in everybody.items()
                if not self.without_account(role, user, roster)
            }
        return self._with_account[id(roster), role]

    def waits_to_archive(self, district: str, day: str) -> str:
        """The declaration by which what is gone may still be in use on a day; or ""."""
        archiving = self._profile.archiving
        if archiving is None or (district == ARCHIVES_LATER and day == Day.LONG_GONE):
            return ""
        words = f"The vendor declares that what Clever no longer shares is archived {archiving}."
        return Declared((ARCHIVING_KEY,), words)

    def lapsed(self, kind: Kind, clever_id: str, roster: Roster) -> str:
        """The declaration by which an account that is there may go on a day; or "".

        An account that is made at login stays, once it is there.
        """
        if kind is not Kind.USERS or not (declared := self.left_out(kind, clever_id, roster)):
            return ""
        rules = [rule for own in self._profile.accounts.values() for rule in own]
        ruled = any(
            self.ruled_out(rule, roster.users[clever_id], roster)
            for rule in rules
            if rule is not AccountRule.AT_LOGIN
        )
        return declared if ruled else ""

    def ruled_out(self, rule: AccountRule, user: User, roster: Roster) -> bool:
        """Whether a rule keeps a user without an account on the day of this roster."""
        match rule:
            case AccountRule.AT_LOGIN:
                return True
            case AccountRule.WITH_CLASS:
                return user["id"] not in self._in_class(roster)
            case AccountRule.WITH_EMAIL:
                return may_be_left_out(user.get("email") or "", self._profile.not_held)

    def may_have_one(self, rule: AccountRule, user: User, roster: Roster) -> bool:
        """Whether a user can have an account by a rule: some text for an address is enough."""
        if rule is AccountRule.WITH_EMAIL and user.get("email"):
            return True
        return not self.ruled_out(rule, user, roster)

    def _in_class(self, roster: Roster) -> frozenset[str]:
        """Everybody in a class that the app is expected to hold."""
        if id(roster) not in self._members:
            self._members[id(roster)] = frozenset(
                member
                for section in roster.sections.values()
                if not self.outside_now(Kind.SECTIONS, section, roster)
                for member in (*section["students"], *section["teachers"])
            )
        return self._members[id(roster)]

    def _ruled(self, key: str, rule: AccountRule) -> Declared:
        words = f"The vendor declares that {HOLDABLE[key]} {RULES[rule]}."
        return Declared((rule_key(key, rule),), words)

    def expected_ids(self, kind: Kind, roster: Roster) -> Sequence[str]:
        """The Clever IDs of a kind that the app is expected to hold."""
        if kind == "users":
            if id(roster) not in self._users:
                expected = [key for key, user in roster.users.items() if self.expects(user, roster)]
                self._users[id(roster)] = expected
            return self._users[id(roster)]
        if not self.holds(kind):
            return []
        if self._of_any_time:
            return list(roster.of(kind))
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
        if user is None or self.expects(user, roster):
            return ""
        return next((self.without_account(role, user, roster) for role in roles_of(user)), "")

    def all_left_out(self, records: Iterable[tuple[Kind, str]], roster: Roster) -> list[str]:
        """The declarations by which the app holds none of these; none if it should hold one."""
        declared = [self.left_out(kind, clever_id, roster) for kind, clever_id in records]
        return list(dict.fromkeys(declared)) if all(declared) else []

    def dates_of_today(self, roster: Roster) -> tuple[str, ...]:
        """What is today to an app: by its own clock, and by the date it hears of a district."""
        return tuple(dict.fromkeys((self._run_date, self._days.get(id(roster), self._run_date))))

    def outside_now(self, kind: Kind, record: Record, roster: Roster) -> str:
        """The declaration by which the app does not hold what is over or has not begun; or ""."""
        if self._of_any_time:
            return ""
        term: Mapping[str, object] = {}
        if kind is Kind.TERMS:
            term = {**record}
        elif kind is Kind.SECTIONS:
            term = {**roster.terms.get(str(record.get("term_id")), {})}
        current = all(_includes(term, today) for today in self.dates_of_today(roster))
        return "" if current else self.declared("terms.past-and-future")


def _includes(term: Mapping[str, object], today: str) -> bool:
    """Whether a day lies in a term; where a date is missing, it has begun or goes on."""
    return str(term.get("start_date") or today) <= today <= str(term.get("end_date") or today)
