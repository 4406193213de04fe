"""Matching: the accounts people had with us before their district connected Clever.

An account is somebody's when the Clever ID of version 2, or else its e-mail address or its number
is theirs, and both are students or neither is. A name alone is never enough: every school has two
Annas. Who fits several accounts gets none, and neither does anybody get an account that fits
several people. Whoever is not found starts anew, and our support joins the two by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from harness.demo.roster import Person
from harness.demo.store import Held, Store

Key = tuple[str, bool, str]
"""A field, whether it is a student's, and its value."""


class Matching:
    """One district's accounts that Clever does not know of yet."""

    by_former_id = True
    """Whether accounts have kept the Clever ID of version 2."""

    def __init__(self, store: Store, district: int) -> None:
        self.store = store
        self.accounts: dict[Key, set[int]] = {}
        for row in store.before_clever(district):
            for key in self.keys_of_account(row):
                self.accounts.setdefault(key, set()).add(row["id"])

    def accounts_of(self, people: Iterable[Person]) -> Iterator[tuple[Person, int]]:
        """Who has which account, of all who fit the one that fits them."""
        fitting = [(person, self.account_of(person)) for person in people]
        times = Counter(account for _, account in fitting)
        for person, account in fitting:
            if account is not None and times[account] == 1:
                yield person, account

    def account_of(self, person: Person) -> int | None:
        """The one account that is this person's."""
        for key in self.keys_of_person(person):
            matches = self.accounts.get(key, set())
            if len(matches) == 1:
                return next(iter(matches))
        return None

    def keys_of_account(self, row: Held) -> Iterable[Key]:
        if self.by_former_id and row["former_id"]:
            yield "former id", row["role"] == "student", row["former_id"]
        yield from self.keys(row["role"] == "student", row["email"], row["sis_id"])

    def keys_of_person(self, person: Person) -> Iterable[Key]:
        student = any(role.name == "student" for role in person.roles)
        for former_id in person.former_ids if self.by_former_id else ():
            yield "former id", student, former_id
        yield from self.keys(student, person.email, person.sis_id)

    def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
        """By what an account is found, the surest first."""
        if email:
            yield "email", student, email.lower()
        if number:
            yield "number", student, number
