"""Matching: the accounts people had with us before their district connected Clever.

An account is somebody's when its e-mail address or else its number is theirs, and both are
students or neither is. A name alone is never enough: every school has two Annas. What fits several
accounts fits none. Whoever is not found starts anew, and our support joins the two by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.demo.roster import Person
from harness.demo.store import Held, Store

Key = tuple[str, bool, str]
"""A field, whether it is a student's, and its value."""


class Matching:
    """One district's accounts that Clever does not know of yet."""

    def __init__(self, store: Store, district: int) -> None:
        self.store = store
        self.accounts: dict[Key, set[int]] = {}
        for row in store.before_clever(district):
            for key in self.keys_of_account(row):
                self.accounts.setdefault(key, set()).add(row["id"])

    def account_of(self, person: Person) -> int | None:
        """The one account that is this person's."""
        for key in self.keys_of_person(person):
            matches = self.accounts.get(key, set())
            if len(matches) == 1:
                return next(iter(matches))
        return None

    def keys_of_account(self, row: Held) -> Iterable[Key]:
        return self.keys(row["role"] == "student", row["email"], row["sis_id"])

    def keys_of_person(self, person: Person) -> Iterable[Key]:
        student = any(role.name == "student" for role in person.roles)
        return self.keys(student, person.email, person.sis_id)

    def keys(self, student: bool, email: str | None, number: str | None) -> Iterable[Key]:
        """By what an account is found, the surest first."""
        if email:
            yield "email", student, email.lower()
        if number:
            yield "number", student, number
