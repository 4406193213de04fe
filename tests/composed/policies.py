"""Policies: an app as a handful of decisions, each made independently of the others.

Each policy states in the words of the contract what the app does. `composed.app` does it over HTTP,
`composed.model` on paper.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from harness.contract.account_rules import ACCOUNT_HOLDERS, IN_A_CLASS, AccountRule
from harness.contract.profile import Profile
from harness.contract.rows import RowPer

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "reading": ("lists", "by-role", "class-members", "by-school", "first-page", "big-page"),
    "key": ("clever-id", "email", "sis-id", "name"),
    "tenancy": ("one-row", "row-per-role", "row-per-school", "row-per-child"),
    "rows": ("undeclared", "declared"),
    "accounts": ("all", "in-class"),
    "holds": ("everything", "students", "no-schools", "no-terms-courses", "no-contacts"),
    "absence": ("archive", "delete", "nothing", "second-time"),
    "returning": ("restore", "new-account", "stay-archived"),
    "memberships": ("replace", "add-only"),
    "teachers": ("all", "primary", "two"),
    "roles": ("all", "first"),
    "values": ("as-sent", "first-seen"),
    "failure": ("retry", "stop", "keep-read", "as-empty"),
    "report": ("honest", "completed"),
    "ids": ("integer", "uuid", "key"),
    "work": ("student", "enrollment"),
    "names": ("split", "joined"),
    "cleaning": ("none", "cleaned"),
    "links": ("replace", "add-only"),
    "granted": ("replace", "add-only"),
    "places": ("of-role", "of-person"),
    "requires": ("nothing", "email"),
    "guard": ("none", "half"),
    "export": ("all", "active"),
    "updates": ("all", "newer", "newer-only"),
    "commit": ("whole", "each-list"),
    "who": ("undeclared", "declared"),
}
"""Dimension → its values; the first one is right."""

ROLES = ("student", "teacher", "staff", "district_admin", "contact")
"""In the order in which an app that keeps one role looks for it."""

NOT_HELD: Mapping[str, tuple[str, ...]] = {
    "everything": (),
    "students": ("teachers", "staff", "district_admins", "contacts", "sections.teachers"),
    "no-schools": ("schools", "sections.school", "users.schools"),
    "no-terms-courses": ("terms", "courses", "sections.term", "sections.course"),
    "no-contacts": ("contacts",),
}
"""What an app declares that it does not keep."""

ROWS = {
    "row-per-role": RowPer.ROLE,
    "row-per-school": RowPer.SCHOOL,
    "row-per-child": RowPer.CHILD,
}
"""How a tenancy is declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """One app. The defaults are right everywhere."""

    reading: str = "lists"
    """`lists`: every list, all pages. `by-role`: users by a list for each role. `class-members`:
    users by the list of each class's members. `by-school`: everything by the lists of each school.
    `first-page`: the first page of every list. `big-page`: one request with limit=10000 a list."""
    key: str = "clever-id"
    """What a user is looked up by; where the value is missing, the Clever ID."""
    tenancy: str = "one-row"
    """`row-per-school`: a row for each school of each role. `row-per-child`: a row for each student
    of a contact, and one for the other roles."""
    rows: str = "undeclared"
    """Whether `tenancy` is declared, if there are several rows of a user."""
    accounts: str = "all"
    """`in-class`: users whom no section names get none."""
    holds: str = "everything"
    absence: str = "archive"
    """What becomes of records that a complete read did not contain; one of `nothing` stays.
    `second-time`: archived when they are missing for the second time in a row."""
    returning: str = "restore"
    """What becomes of an archived record that is shared again; `new-account` drops the old one,
    and its work with it."""
    memberships: str = "replace"
    teachers: str = "all"
    """`two`: the first two of a section."""
    roles: str = "all"
    """`first`: the first of `ROLES` that Clever names."""
    values: str = "as-sent"
    """`first-seen`: names, addresses, and a section's school, course and term never change."""
    failure: str = "retry"
    """`retry`: five retries, then the sync is refused. `stop`: refused at once. `keep-read`:
    reading stops, what was read counts as all there is. `as-empty`: an answer that failed counts
    as an empty last page; only the rate limit is waited for. Without a token all refuse."""
    report: str = "honest"
    ids: str = "integer"
    """`key`: what a record is looked up by is its id in the app, too."""
    work: str = "student"
    """`enrollment`: a lesson is shown as long as the section it was done in names the student."""
    names: str = "split"
    """`joined`: first and last name are one value."""
    cleaning: str = "none"
    """`cleaned`: spaces are trimmed and joined, addresses are in lower case."""
    links: str = "replace"
    """What becomes of a contact's relationships."""
    granted: str = "replace"
    """What becomes of the roles of a row; one that is kept keeps its schools."""
    places: str = "of-role"
    """`of-person`: every role that has schools counts at all schools of the user."""
    requires: str = "nothing"
    """`email`: users without an address get no account, and lose the one they had."""
    guard: str = "none"
    """`half`: of a kind of which more than half would be archived at once, nothing is."""
    export: str = "all"
    """`active`: archived rows are kept elsewhere and not shown."""
    updates: str = "all"
    """`newer`: active rows are updated if `last_modified` is later than theirs, archived ones
    always. `newer-only`: archived ones only then, too."""
    commit: str = "whole"
    """`each-list`: each list is applied as soon as it is read, also in a sync that is refused."""
    who: str = "undeclared"
    """Whether it is declared who has an account, if not everybody has."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value not in DIMENSIONS[name]:
                raise ValueError(f"{name}: found {value!r}, expected {', '.join(DIMENSIONS[name])}")

    def __str__(self) -> str:
        """What differs from the right app, as `parse` reads it."""
        return ",".join(f"{name}={value}" for name, value in self.wrong().items()) or "right"

    def wrong(self) -> Mapping[str, str]:
        """Dimension → value, where it is not the first one."""
        return {name: v for name, v in asdict(self).items() if v != DIMENSIONS[name][0]}

    def profile(self) -> Profile:
        """What the vendor of this app declares."""
        return Profile(
            app="Composed",
            not_held=dict.fromkeys(NOT_HELD[self.holds], "the app has no use for it"),
            rows={"users": ROWS[self.tenancy]} if self.several_rows else {},
            accounts=self._accounts() if self.who == "declared" else {},
        )

    @property
    def at_login(self) -> bool:
        """Whether accounts for all but students and teachers are declared to come at login."""
        return self.who == "declared" and self.accounts == "in-class"

    def _accounts(self) -> Mapping[str, tuple[AccountRule, ...]]:
        with_email = (AccountRule.WITH_EMAIL,) if self.requires == "email" else ()
        rules: dict[str, tuple[AccountRule, ...]] = {}
        for holder in ACCOUNT_HOLDERS:
            if self.accounts == "all":
                rules[holder] = with_email
            elif holder in IN_A_CLASS:
                rules[holder] = (AccountRule.WITH_CLASS, *with_email)
            else:
                rules[holder] = (AccountRule.AT_LOGIN,)
        return {key: r for key, r in rules.items() if r and key not in NOT_HELD[self.holds]}

    @property
    def several_rows(self) -> bool:
        """Whether several rows of a user are declared."""
        return self.rows == "declared" and self.tenancy in ROWS


def parse(text: str) -> Policies:
    """Policies from `reading=by-role,key=email`, or `right`; raises ValueError, TypeError."""
    pairs = [] if text in ("", "right") else text.split(",")
    return Policies(**dict(pair.split("=", 1) for pair in pairs))


def drawn(seed: int) -> Policies:
    """The app of a seed: each policy is right as often as all its wrong values together."""
    dice = random.Random(seed)
    chosen = {}
    for field in fields(Policies):
        right, *others = DIMENSIONS[field.name]
        chosen[field.name] = right if dice.random() < 0.5 else dice.choice(others)
    return Policies(**chosen)
