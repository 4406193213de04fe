"""Mutants of the demo vendor that stumble over what becomes of a whole district in a year."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    # When a new school year begins
    "keeps-last-years-classes": mutant(
        "yearly:KeepsLastYearsClasses",
        "last year's classes are still open",
        "archives no section when most sections are new",
    ),
    "takes-moving-up-for-leaving": mutant(
        "yearly:TakesMovingUpForLeaving",
        "who goes on to the middle school is locked out",
        "archives students none of whose schools is one of last year's",
    ),
    "keeps-graduates": mutant(
        "yearly:KeepsGraduates",
        "who has finished school can still sign in",
        "archives nobody of grade 12 when most sections are new",
    ),
    "keeps-last-years-teachers": mutant(
        "yearly:KeepsLastYearsTeachers",
        "a class shows whoever taught its course last year",
        "takes the teacher of a new section from last year's section with the same course",
    ),
    "adds-to-kept-classes": mutant(
        "yearly:AddsToKeptClasses",
        "last year's students are in a class that goes on",
        "removes no member from sections that are not new in a new school year",
    ),
    "new-class-for-a-new-year": mutant(
        "yearly:NewClassForANewYear",
        "a class that goes on stands twice",
        "creates a second record for a section that is not new in a new school year",
    ),
    "clears-shelves-in-summer": mutant(
        "yearly:ClearsShelvesInSummer",
        "the work of all years before is gone",
        "deletes the progress of users when most sections are new",
    ),
}
"""Name → the demo with one realistic mistake."""
