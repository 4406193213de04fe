"""Rightly, classes follow their terms."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.profile import PROFILE
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster, Term


@variant("opens-classes-with-their-term", "classes open and close with their terms, as it declares")
class OpensClassesWithTheirTerm(DemoAdapter):
    """What is over is archived, and comes back if it gets a term that goes on."""

    profile = replace(
        PROFILE,
        not_held={
            "terms.past-and-future": "A class is open from the first to the last day of its term."
        },
    )

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            others = {term.clever_id for term in roster.terms if not self.goes_on(term)}
            return replace(
                roster,
                terms=tuple(row for row in roster.terms if row.clever_id not in others),
                sections=tuple(row for row in roster.sections if row.term not in others),
            )

        def goes_on(self, term: Term) -> bool:
            day = self.client.connection.day
            return (term.start_date or day) <= day <= (term.end_date or day)
