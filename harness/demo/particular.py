"""Mutants that are particular about values, names, numbers and pages.

Most handle each record on its own, as one should, and leave out what their rules refuse.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    # Values that are missing or unusual
    "needs-middle-name": mutant(
        "values:NeedsMiddleName",
        "who has no middle name has no account",
        "takes `name.middle` to be there, and never null",
    ),
    "knows-two-genders": mutant(
        "values:KnowsTwoGenders",
        "students have no account unless they are M or F",
        "accepts two values of `gender`",
    ),
    "reads-dates-of-birth": mutant(
        "values:ReadsDatesOfBirth",
        "students without a date of birth have no account",
        "parses `dob` without asking whether it is there",
    ),
    "needs-grade": mutant(
        "values:NeedsGrade",
        "students without a grade have no account",
        "leaves out students whose `grade` is missing",
    ),
    "knows-numbered-grades": mutant(
        "values:KnowsNumberedGrades",
        "students in grades like Ungraded have no account",
        "reads `grade` as a number",
    ),
    "checks-grade-of-school": mutant(
        "values:ChecksGradeOfSchool",
        "students in an unusual grade have no account",
        "accepts the grades between `low_grade` and `high_grade` of the school",
    ),
    "needs-race": mutant(
        "values:NeedsRace",
        "students of whom little is said have no account",
        "takes `race` to be there, and never null",
    ),
    "needs-zip-code": mutant(
        "values:NeedsZipCode",
        "students without an address have no account",
        "takes `location.zip` to be there",
    ),
    "needs-student-number": mutant(
        "values:NeedsStudentNumber",
        "students without a student number have no account",
        "leaves out students whose `student_number` is missing",
    ),
    "needs-title": mutant(
        "values:NeedsTitle",
        "employees without a title have no account",
        "takes `title` to be there, and never null",
    ),
    "needs-username": mutant(
        "values:NeedsUsername",
        "students without a username have no account",
        "leaves out students without a `district_username`",
    ),
    "reads-extension-fields": mutant(
        "values:ReadsExtensionFields",
        "people and classes without extension fields are missing",
        "takes `ext` to be there, and never null",
    ),
    "knows-extension-fields": mutant(
        "values:KnowsExtensionFields",
        "a new extension field costs a student the account",
        "accepts the names of `ext` that it knows",
    ),
    "reads-enrollment-dates": mutant(
        "values:ReadsEnrollmentDates",
        "students whose enrolment has no last day have no account",
        "parses `end_date` of every enrolment",
    ),
    "needs-subject": mutant(
        "values:NeedsSubject",
        "classes without a subject are missing",
        "takes `subject` to be there, and never null",
    ),
    "keeps-to-its-subjects": mutant(
        "values:KeepsToItsSubjects",
        "a class is missing because Clever guessed its subject wrong",
        "leaves out sections whose `subject` is none of its own",
    ),
    "needs-period": mutant(
        "values:NeedsPeriod",
        "classes without a period are missing",
        "reads `period` as a number",
    ),
    "needs-course": mutant(
        "values:NeedsCourse",
        "classes without a course are missing",
        "leaves out sections without a `course`",
    ),
    "needs-term-dates": mutant(
        "values:NeedsTermDates",
        "terms without dates are missing",
        "compares `start_date` and `end_date` without asking whether they are there",
    ),
    "needs-course-number": mutant(
        "values:NeedsCourseNumber",
        "courses without a number are missing",
        "takes `number` to be there, and never null",
    ),
    "needs-principal": mutant(
        "values:NeedsPrincipal",
        "a school without a principal is missing",
        "takes `principal` to be there",
    ),
    "sets-address-once": mutant(
        "values:SetsAddressOnce",
        "a new e-mail address never arrives",
        "writes the address when it creates a user, and never again",
    ),
    "never-clears": mutant(
        "values:NeverClears",
        "an address that was taken away stays in use",
        "writes only values that Clever gives, so that none ever becomes empty",
    ),
    "refuses-unknown-fields": mutant(
        "values:RefusesUnknownFields",
        "the day Clever adds a field, people are missing",
        "leaves out users with a field it does not know",
    ),
    "refuses-unknown-values": mutant(
        "values:RefusesUnknownValues",
        "the day Clever adds a value, people are missing",
        "leaves out students whose `race` it does not know",
    ),
    "counts-null-roles": mutant(
        "values:CountsNullRoles",
        "people have roles that they do not have",
        "takes every key of `roles` for a role that is held",
    ),
    "looks-into-every-role": mutant(
        "values:LooksIntoEveryRole",
        "people with a role that is null have no account",
        "reads every key of `roles` without asking whether it is null",
    ),
    # Names and other text
    "has-short-names": mutant(
        "names:HasShortNames",
        "people with a very long name have no account",
        "leaves out users whose first or last name has over 50 characters",
    ),
    "has-short-middle-names": mutant(
        "names:HasShortMiddleNames",
        "people with a long middle name have no account",
        "leaves out users whose middle name has over 20 characters",
    ),
    "needs-letters": mutant(
        "names:NeedsLetters",
        "a child whose name is mistyped has no account",
        "leaves out users with a name without a letter",
    ),
    "needs-two-letters": mutant(
        "names:NeedsTwoLetters",
        "people with a name of one letter have no account",
        "leaves out users with a name of one character",
    ),
    "escapes-text": mutant(
        "names:EscapesText",
        "O'Brien is called O&#x27;Brien",
        "stores names as they are written in HTML",
    ),
    "takes-first-word": mutant(
        "names:TakesFirstWord",
        "Ms de la Cruz is called de",
        "cuts names at the first space or hyphen",
    ),
    "strips-accents": mutant(
        "names:StripsAccents",
        "Zoë is called Zoe",
        "stores names without accents",
    ),
    "knows-latin-letters": mutant(
        "names:KnowsLatinLetters",
        "people with Chinese or Arabic names have no account",
        "leaves out users whose name is not in Latin letters",
    ),
    "has-three-byte-letters": mutant(
        "names:HasThreeByteLetters",
        "people with an emoji in their name have no account",
        "leaves out users whose name has four-byte characters",
    ),
    "strips-markup": mutant(
        "names:StripsMarkup",
        "parts of a name are missing",
        "takes out of names what looks like a tag",
    ),
    "takes-null-for-nothing": mutant(
        "names:TakesNullForNothing",
        "Ms Null has no account",
        "takes the names Null, None and Test for missing values",
    ),
    "refuses-spaces": mutant(
        "names:RefusesSpaces",
        "people whose name has a space too many have no account",
        "leaves out users whose name has spaces around it, or two in a row",
    ),
    "checks-addresses": mutant(
        "names:ChecksAddresses",
        "people with an odd e-mail address have no account",
        "leaves out users whose address does not match a pattern",
    ),
    "cuts-addresses-at-plus": mutant(
        "names:CutsAddressesAtPlus",
        "who has a plus sign in the address gets no mail",
        "cuts e-mail addresses at a plus sign",
    ),
    "has-short-usernames": mutant(
        "names:HasShortUsernames",
        "students with a very long username have no account",
        "leaves out students whose username has over 50 characters",
    ),
    "needs-spoken-class-names": mutant(
        "names:NeedsSpokenClassNames",
        "classes with a number for a name are missing",
        "leaves out sections without a letter in their name",
    ),
    # Pages
    "loses-the-last-record": mutant(
        "paging:LosesTheLastRecord",
        "the last user and the last class of a large district are missing",
        "leaves out the last record of every list that has several pages",
    ),
    "takes-the-first-for-a-heading": mutant(
        "paging:TakesTheFirstForAHeading",
        "the first user and the first class of a large district are missing",
        "leaves out the first record of every list that has several pages",
    ),
    "skips-the-last-page": mutant(
        "paging:SkipsTheLastPage",
        "whoever is on the last page is missing",
        "ends at a page that is not full, and leaves it out unless it is the first",
    ),
    "first-page-of-sections-only": mutant(
        "paging:FirstPageOfSectionsOnly",
        "most classes of a large district are missing",
        "follows the `next` links of users, and not those of sections",
    ),
    "breaks-on-an-empty-page": mutant(
        "paging:BreaksOnAnEmptyPage",
        "districts with exactly a hundred users are not synced",
        "asks on after a last page that is full, and takes every page to have a record",
    ),
}
"""Name → the demo with one realistic mistake."""
