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
    "keeps-last-years-students": mutant(
        "yearly:KeepsLastYearsStudents",
        "who has gone on to another school is still in a class of the old one",
        "takes the students of a new section from last year's section with the same course",
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
    # When there are no classes for a while
    "closes-districts-without-classes": mutant(
        "mishaps:ClosesDistrictsWithoutClasses",
        "nobody can sign in in summer",
        "archives all users while no section is shared",
    ),
    "closes-paused-districts": mutant(
        "mishaps:ClosesPausedDistricts",
        "nobody can sign in while a district is paused",
        "archives all users while the `state` of the district is `paused`",
    ),
    "stops-at-an-empty-list": mutant(
        "mishaps:StopsAtAnEmptyList",
        "nothing is updated in summer",
        "takes for granted that every list has a record",
    ),
    "takes-returners-for-known": mutant(
        "mishaps:TakesReturnersForKnown",
        "who comes back after a year has no account",
        "leaves a new student archived whose number an archived one has",
    ),
    "two-accounts-for-returners": mutant(
        "mishaps:TwoAccountsForReturners",
        "who comes back after a year has two accounts",
        "gives a student's archived account the new Clever id and creates another one",
    ),
    # When something goes wrong for a whole district
    "deletes-when-nothing-is-shared": mutant(
        "mishaps:DeletesWhenNothingIsShared",
        "one wrong click of a district, and everybody starts from nothing",
        "deletes the users of a district that shares no school",
    ),
    "closes-schools-with-their-guests": mutant(
        "mishaps:ClosesSchoolsWithTheirGuests",
        "who has classes in a second school is locked out when one closes",
        "archives all users of a school that is no longer shared",
    ),
    "keeps-closed-schools": mutant(
        "mishaps:KeepsClosedSchools",
        "a school that has closed is still listed",
        "archives no school",
    ),
    "takes-refusal-for-an-end": mutant(
        "mishaps:TakesRefusalForAnEnd",
        "a new token in the middle of the night, and people are locked out",
        "goes on with what it has read when it is answered with 401",
    ),
    "deletes-at-farewell": mutant(
        "mishaps:DeletesAtFarewell",
        "who comes back to us as a customer has lost everything",
        "deletes the users of a district for which Clever lists no token",
    ),
    "calls-a-farewell-done": mutant(
        "mishaps:CallsAFarewellDone",
        "nobody notices that a district is not synced any more",
        "reports success for a district for which Clever lists no token",
    ),
}
"""Name → the demo with one realistic mistake."""
