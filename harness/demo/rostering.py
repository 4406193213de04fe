"""Mutants of the demo vendor that stumble over one kind of people, classes, terms or schools."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    # Who people are
    "drops-people-without-a-school": mutant(
        "people:DropsPeopleWithoutASchool",
        "district administrators have no account",
        "leaves out users none of whose roles names a school",
    ),
    "two-roles-per-user": mutant(
        "people:TwoRolesPerUser",
        "who teaches, leads a school and runs the district is only two of these",
        "keeps the first two roles of a user",
    ),
    "drops-portal-only-staff": mutant(
        "people:DropsPortalOnlyStaff",
        "librarians have no account",
        "leaves out staff whose `roles` are `PortalOnly`",
    ),
    "merges-parents-with-staff": mutant(
        "people:MergesParentsWithStaff",
        "a teacher has no account as a parent",
        "takes a contact with the name of a teacher for the teacher",
    ),
    "roles-are-set-once": mutant(
        "people:RolesAreSetOnce",
        "who becomes an administrator has no more rights than before",
        "writes the roles of a user when the account is created, and never again",
    ),
    "one-list-of-schools": mutant(
        "people:OneListOfSchools",
        "an administrator of one school sees the reports of another",
        "gives every role of a user the schools of all of them",
    ),
    "account-per-school": mutant(
        "people:AccountPerSchool",
        "a student who changes school starts from nothing",
        "finds students by Clever id and primary school",
    ),
    "guests-left-out": mutant(
        "people:GuestsLeftOut",
        "students do not see their classes at other schools",
        "leaves out students whose primary school is another than the section's",
    ),
    "visiting-teachers-left-out": mutant(
        "people:VisitingTeachersLeftOut",
        "teachers do not see their classes at other schools",
        "leaves out teachers whose primary school is another than the section's",
    ),
    # What is shared in part
    "closes-classes-without-a-teacher": mutant(
        "sharing:ClosesClassesWithoutATeacher",
        "a class whose teacher is not shared cannot be opened",
        "archives sections none of whose teachers is among the users",
    ),
    "new-class-on-return": mutant(
        "sharing:NewClassOnReturn",
        "a class that comes back is an empty new one beside the old one",
        "creates a second record for an archived section that is shared again",
    ),
    "deletes-contacts": mutant(
        "sharing:DeletesContacts",
        "a guardian who comes back has to start again",
        "deletes contacts that are no longer shared instead of archiving them",
    ),
}
"""Name → the demo with one realistic mistake."""
