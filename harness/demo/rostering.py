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
    "three-columns-for-schools": mutant(
        "people:ThreeColumnsForSchools",
        "who works for the whole district sees three schools",
        "keeps the first three `schools` of a role",
    ),
    "roles-never-return": mutant(
        "people:RolesNeverReturn",
        "who is an administrator again has no more rights than without",
        "keeps a list of former roles of a user and never gives them again",
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
    "district-admins-are-staff": mutant(
        "people:DistrictAdminsAreStaff",
        "who runs the district has the rights of one school",
        "makes staff of `district_admin`",
    ),
    "follows-the-primary-school": mutant(
        "people:FollowsThePrimarySchool",
        "students lose a school they still go to",
        "takes the first school away when `school` names another one of `schools`",
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
    # Which class is which, and who is in it
    "co-teacher-cap-of-three": mutant(
        "classes:CoTeacherCapOfThree",
        "the fourth teacher of a class does not see it",
        "keeps the first three `teachers` of a section",
    ),
    "five-columns-for-teachers": mutant(
        "classes:FiveColumnsForTeachers",
        "the sixth teacher of a class does not see it",
        "keeps the first five `teachers` of a section",
    ),
    "replaces-the-primary": mutant(
        "classes:ReplacesThePrimary",
        "who was the first teacher of a class is no teacher of it any more",
        "takes out the former first of `teachers` when another one is first",
    ),
    "thirty-five-seats": mutant(
        "classes:ThirtyFiveSeats",
        "some students of large classes do not see them",
        "keeps the first thirty-five `students` of a section",
    ),
    "seven-classes-per-student": mutant(
        "classes:SevenClassesPerStudent",
        "a student with many classes misses the last ones",
        "puts a student into seven sections at most",
    ),
    "classes-are-linked-once": mutant(
        "classes:ClassesAreLinkedOnce",
        "a class stands under last month's course or term",
        "writes course and term of a section when it is created, and never again",
    ),
    "new-class-for-a-new-name": mutant(
        "classes:NewClassForANewName",
        "a class stands twice after its teacher or period has changed",
        "finds sections by Clever id and name",
    ),
    "needs-a-free-class-name": mutant(
        "classes:NeedsAFreeClassName",
        "most classes of the new school year are missing",
        "creates no section whose name an older one of the school has",
    ),
    "merges-classes-of-one-name": mutant(
        "classes:MergesClassesOfOneName",
        "two groups of one course are one class",
        "takes sections of one name, course and school for the same",
    ),
    "closes-classes-with-their-term": mutant(
        "classes:ClosesClassesWithTheirTerm",
        "a class cannot be opened when its term got other days",
        "archives the sections of a term that is no longer shared",
    ),
    # Schools, courses and terms
    "one-course-per-name": mutant(
        "places:OneCoursePerName",
        "classes of different courses stand under one",
        "takes courses of one name for the same",
    ),
    "one-course-per-number": mutant(
        "places:OneCoursePerNumber",
        "classes stand under courses that they do not teach",
        "takes courses of one `number` for the same",
    ),
    "leaves-out-other-terms": mutant(
        "places:LeavesOutOtherTerms",
        "classes cannot be prepared before their term begins",
        "leaves out terms that are over or have not begun, and their sections",
    ),
    "merges-campuses": mutant(
        "places:MergesCampuses",
        "two schools are one",
        "takes schools of one address and telephone number for the same",
    ),
    "names-schools-once": mutant(
        "places:NamesSchoolsOnce",
        "a school that was renamed has the old name",
        "writes the name of a school when it is created, and never again",
    ),
    "new-school-for-new-grades": mutant(
        "places:NewSchoolForNewGrades",
        "a school stands twice after it has got other grades",
        "finds schools by Clever id, lowest and highest grade",
    ),
    # Who comes, leaves and comes back
    "ended-memberships-stay-ended": mutant(
        "returning:EndedMembershipsStayEnded",
        "a student who comes back to a class does not see it",
        "keeps a list of former members of a section and never adds them again",
    ),
    "restores-as-it-was": mutant(
        "returning:RestoresAsItWas",
        "who comes back has the old name until the next night",
        "takes over no value when it restores a record",
    ),
    "restores-staff-without-schools": mutant(
        "returning:RestoresStaffWithoutSchools",
        "administrators who come back see no school",
        "gives restored staff no `schools`",
    ),
    "restores-old-schools": mutant(
        "returning:RestoresOldSchools",
        "who comes back to another school is shown at the old one",
        "takes over no roles and schools when it restores a user",
    ),
    "restores-students-and-teachers-only": mutant(
        "returning:RestoresStudentsAndTeachersOnly",
        "administrators and contacts who come back stay locked out",
        "leaves users archived who are neither student nor teacher",
    ),
    "newcomers-are-never-archived": mutant(
        "returning:NewcomersAreNeverArchived",
        "who came in the year and left can still sign in",
        "archives only users of the first sync",
    ),
    "accounts-for-the-new-year-only": mutant(
        "returning:AccountsForTheNewYearOnly",
        "who comes in the year has no account",
        "creates users in the first sync and when most sections are new",
    ),
    "reopens-accounts-for-the-new-year": mutant(
        "returning:ReopensAccountsForTheNewYear",
        "who left last year can sign in again after the summer",
        "restores all archived users when most sections are new",
    ),
    "closes-classes-with-their-teacher": mutant(
        "returning:ClosesClassesWithTheirTeacher",
        "a class cannot be opened after its teacher has left",
        "archives the sections of a primary teacher who is no longer shared",
    ),
    "deletes-graduates": mutant(
        "returning:DeletesGraduates",
        "the work of those who finished school is gone",
        "deletes users of grade 12 who are no longer shared",
    ),
    # Families
    "relationship-is-set-once": mutant(
        "families:RelationshipIsSetOnce",
        "a guardian is shown as the neighbour they were before",
        "keeps the first `relationship` of a contact to a student",
    ),
    "one-contact-per-student": mutant(
        "families:OneContactPerStudent",
        "one of two parents does not see the child",
        "takes a student's other contacts away when adding one",
    ),
    "two-contacts-per-student": mutant(
        "families:TwoContactsPerStudent",
        "a child's third contact does not see the child",
        "keeps the first two contacts of a student",
    ),
    "four-children-per-contact": mutant(
        "families:FourChildrenPerContact",
        "a contact does not see the fifth child",
        "keeps the first four `student_relationships` of a contact",
    ),
    "drops-unnamed-relationships": mutant(
        "families:DropsUnnamedRelationships",
        "some guardians do not see their children",
        "leaves out `student_relationships` whose `relationship` is empty",
    ),
    "never-archives-contacts": mutant(
        "families:NeverArchivesContacts",
        "former guardians can still sign in",
        "archives no contact",
    ),
    "archives-families-together": mutant(
        "families:ArchivesFamiliesTogether",
        "a parent is locked out when one of the children leaves",
        "archives all contacts of a student who is no longer shared",
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
