"""Which mutants and variants of the demo vendor there are: plain data, nothing is imported.

`demo:NAME` on the command line is short for a `python:` adapter, see `ALIASES`.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo import (
    followers,
    lifeless,
    mistaken,
    particular,
    rostering,
    troubled,
    yearly,
)
from harness.demo.listing import Listing
from harness.demo.listing import mutant as _mutant
from harness.demo.listing import variant as _variant

REFERENCE = "harness.demo.adapter:DemoAdapter"
"""The adapter that `demo` without a name stands for."""


MUTANTS: Mapping[str, Listing] = {
    # What is read
    "first-page-only": _mutant(
        "reading:FirstPageOnly",
        "most people have no account",
        "reads the first page of each list and does not follow the `next` link",
    ),
    "drops-admins": _mutant(
        "reading:DropsAdmins",
        "staff and district administrators have no account",
        "keeps the roles student, teacher and contact and leaves out everybody without one",
    ),
    "drops-people-without-classes": _mutant(
        "reading:DropsPeopleWithoutClasses",
        "students and teachers without a class have no account",
        "keeps only those students and teachers that a section names",
    ),
    "drops-people-without-email": _mutant(
        "reading:DropsPeopleWithoutEmail",
        "people without an e-mail address have no account",
        "leaves out users whose `email` is empty",
    ),
    "primary-teacher-only": _mutant(
        "reading:PrimaryTeacherOnly",
        "co-teachers do not see their class",
        "takes the teachers of a section from `teacher` instead of `teachers`",
    ),
    "co-teacher-cap-of-two": _mutant(
        "reading:CoTeacherCapOfTwo",
        "the third teacher of a class does not see it",
        "keeps the first two `teachers` of a section",
    ),
    "one-school-per-student": _mutant(
        "reading:OneSchoolPerStudent",
        "a student of two schools is missing in the second",
        "takes a student's schools from `school` instead of `schools`",
    ),
    "one-school-per-employee": _mutant(
        "reading:OneSchoolPerEmployee",
        "teachers and staff of several schools see only one",
        "keeps the first of the `schools` of teachers and staff",
    ),
    "one-role-per-user": _mutant(
        "reading:OneRolePerUser",
        "a teacher who is also an administrator is only one of them",
        "keeps the first role of a user",
    ),
    "merges-colleagues": _mutant(
        "reading:MergesColleagues",
        "two employees of one name share an account",
        "takes teachers, staff and administrators of one name for the same person",
    ),
    "merges-namesakes": _mutant(
        "reading:MergesNamesakes",
        "two students of one name share an account",
        "takes students of one name for the same person",
    ),
    "drops-contact-relationships": _mutant(
        "reading:DropsContactRelationships",
        "contacts belong to no student",
        "leaves out `student_relationships`",
    ),
    "one-relationship-per-contact": _mutant(
        "reading:OneRelationshipPerContact",
        "an aunt of one child is shown as the parent of another",
        "gives a contact its first relationship to all of its students",
    ),
    "invents-people": _mutant(
        "reading:InventsPeople",
        "accounts named “Unknown” appear in class lists",
        "creates an account for every id in a section that is not among the users",
    ),
    "misreads-the-term": _mutant(
        "reading:MisreadsTheTerm",
        "classes belong to no term",
        "reads the term of a section from `term` instead of `term_id`",
    ),
    "cuts-long-names": _mutant(
        "reading:CutsLongNames",
        "people with a long last name are called something else",
        "keeps the first twelve characters of a last name",
    ),
    "joins-by-school": _mutant(
        "reading:JoinsBySchool",
        "who has classes in a second school does not see them",
        "leaves out members of a section whose first school is another than the section's",
    ),
    "asks-an-old-version": _mutant(
        "reading:AsksAnOldVersion",
        "nothing, until Clever switches the old version off",
        "asks for the district in version 2.1 and ignores that there is no answer",
    ),
    "keeps-the-token": _mutant(
        "reading:KeepsTheToken",
        "one day nothing is updated any more",
        "stores a district's token and never asks for it again",
    ),
    # Who is who
    "keyed-on-email": _mutant(
        "identity:KeyedOnEmail",
        "people who share an address share an account; a new address is a new account",
        "finds users by e-mail address instead of Clever id",
    ),
    "keyed-on-sis-id": _mutant(
        "identity:KeyedOnSisId",
        "people with one number, also of two districts, share an account",
        "finds users by `sis_id` alone instead of Clever id",
    ),
    "keyed-on-name": _mutant(
        "identity:KeyedOnName",
        "terms or courses of one name are one",
        "finds terms and courses by name instead of Clever id",
    ),
    "not-idempotent": _mutant(
        "identity:NotIdempotent",
        "contacts and administrators get a new account every night",
        "never finds users again who have no `sis_id`",
    ),
    "rebuilds-classes": _mutant(
        "identity:RebuildsClasses",
        "links to a class are dead the next morning",
        "deletes and creates all sections in every sync",
    ),
    "new-account-on-return": _mutant(
        "identity:NewAccountOnReturn",
        "who comes back finds an empty account",
        "creates a second account for an archived user who is shared again",
    ),
    # Who was here before Clever
    "matches-by-name": _mutant(
        "matching:MatchesByName",
        "a student finds the work of a namesake",
        "gives people accounts from before Clever that have the same name",
    ),
    "doubles-matched-accounts": _mutant(
        "matching:DoublesMatchedAccounts",
        "who used the app before Clever starts anew",
        "declares that accounts from before are matched, and matches none",
    ),
    "merges-across-roles": _mutant(
        "matching:MergesAcrossRoles",
        "a student finds the account of a teacher",
        "matches numbers of students with those of teachers",
    ),
    "loses-work-on-match": _mutant(
        "matching:LosesWorkOnMatch",
        "who used the app before Clever finds the account, and it is empty",
        "deletes the work of accounts that it matches",
    ),
    # What disappears and comes back
    "hard-delete": _mutant(
        "archiving:HardDelete",
        "who comes back has lost everything",
        "deletes what is no longer shared, with all that hangs on it",
    ),
    "never-archives": _mutant(
        "archiving:NeverArchives",
        "who has left can still sign in",
        "does nothing about records that are no longer shared",
    ),
    "forgets-terms-and-courses": _mutant(
        "archiving:ForgetsTermsAndCourses",
        "terms and courses that are gone stay in use",
        "archives schools, sections and users, but no terms and courses",
    ),
    "never-restores": _mutant(
        "archiving:NeverRestores",
        "who comes back stays locked out",
        "updates an archived record that is shared again and leaves it archived",
    ),
    "never-restores-terms-and-courses": _mutant(
        "archiving:NeverRestoresTermsAndCourses",
        "a term that comes back stays closed",
        "leaves terms and courses archived that are shared again",
    ),
    "restores-empty-classes": _mutant(
        "archiving:RestoresEmptyClasses",
        "a class that comes back is empty until the next night",
        "restores a section without its teachers and students",
    ),
    "restores-people-without-classes": _mutant(
        "archiving:RestoresPeopleWithoutClasses",
        "who comes back has no classes until the next night",
        "restores a user without the sections that name them",
    ),
    "crosses-districts": _mutant(
        "archiving:CrossesDistricts",
        "the sync of one district locks out another",
        "archives everything that is not in the reading, whichever district it belongs to",
    ),
    "takes-the-first-token": _mutant(
        "sharing:TakesTheFirstToken",
        "every district has the people of the first one",
        "reads every district with the first of the tokens that Clever lists",
    ),
    "ignores-unsharing": _mutant(
        "archiving:IgnoresUnsharing",
        "a student who is no longer shared can still sign in",
        "archives users only when no section lists them any more",
    ),
    "closes-classes-of-a-missing-term": _mutant(
        "archiving:ClosesClassesOfAMissingTerm",
        "a class without a term cannot be opened",
        "archives sections whose term is not shared",
    ),
    # What changes
    "never-updates": _mutant(
        "updating:NeverUpdates",
        "a new name or address never arrives",
        "creates, archives and restores records, but changes no value of an existing one",
    ),
    "keeps-old-class": _mutant(
        "updating:KeepsOldClass",
        "a student who moved is in the old class too",
        "adds members to sections and never removes any",
    ),
    "never-takes-roles-away": _mutant(
        "updating:NeverTakesRolesAway",
        "a former administrator keeps the rights",
        "adds roles and schools to users and never removes any",
    ),
    "one-class-per-student": _mutant(
        "updating:OneClassPerStudent",
        "students are missing in all their classes but one",
        "takes a student out of the other sections when adding one",
    ),
    "misses-the-second-class": _mutant(
        "updating:MissesTheSecondClass",
        "a student who takes another class does not see it",
        "adds to an existing section only students who are in no other",
    ),
    "wipes-own-groups": _mutant(
        "updating:WipesOwnGroups",
        "groups that teachers made are gone the next morning",
        "deletes the groups of a district in every sync",
    ),
    "wipes-own-users": _mutant(
        "editing:WipesOwnUsers",
        "guests and everybody who is not at Clever have lost their accounts",
        "deletes the users that have no Clever ID after every sync",
    ),
    "declares-lasting-edits": _mutant(
        "editing:DeclaresLastingEdits",
        "what was changed by hand is changed back the next morning, against the contract",
        "declares that every edit persists, and overwrites roles and members of sections",
    ),
    "keeps-to-its-night": _mutant(
        "updating:KeepsToItsNight",
        "a sync that somebody asks for does nothing",
        "reads from Clever once a day and calls every further sync completed",
    ),
    # What is declared
    "claims-another-version": _mutant(
        "claims:ClaimsAnotherVersion",
        "the questionnaire names the wrong version",
        "declares version 3.0 and asks for 3.1",
    ),
    "claims-all-user-types": _mutant(
        "claims:ClaimsAllUserTypes",
        "administrators are promised accounts and have none",
        "declares accounts for everybody and leaves out administrators",
    ),
    "claims-daily-sync": _mutant(
        "claims:ClaimsDailySync",
        "districts are promised current data and see old names",
        "declares that every sync brings data up to date, and changes no value",
    ),
    "claims-archiving": _mutant(
        "claims:ClaimsArchiving",
        "who has left is said to be archived and signs in",
        "declares archiving, and archives nothing",
    ),
    "claims-restoring": _mutant(
        "claims:ClaimsRestoring",
        "who comes back is said to be restored and stays locked out",
        "declares restoring, and leaves archived what comes back",
    ),
    "claims-co-teachers": _mutant(
        "claims:ClaimsCoTeachers",
        "co-teachers are promised their class and do not see it",
        "declares co-teachers, and keeps the primary teacher",
    ),
    "claims-several-schools": _mutant(
        "claims:ClaimsSeveralSchools",
        "a second school is promised and missing",
        "declares several schools, and keeps one per student",
    ),
    "claims-kept-progress": _mutant(
        "claims:ClaimsKeptProgress",
        "work is promised to be kept and is lost",
        "declares that work is kept, and deletes it with the class",
    ),
    # Work
    "history-tied-to-section": _mutant(
        "progress:HistoryTiedToSection",
        "work is lost when a class is closed or left",
        "deletes the progress of students who leave a section or whose section is archived",
    ),
    "forgets-work-of-archived": _mutant(
        "progress:ForgetsWorkOfArchived",
        "who comes back finds the account without the work",
        "deletes the progress of users it archives",
    ),
    "leaves-work-in-the-browser": _mutant(
        "progress:LeavesWorkInTheBrowser",
        "what was finished is not there the next time",
        "does not store a finished lesson",
    ),
    # What is taken for granted
    "stops-at-missing-email": _mutant(
        "assumptions:StopsAtMissingEmail",
        "one person without an address, and nobody is synced",
        "a NOT NULL constraint on the e-mail address of users ends the sync",
    ),
    "stops-at-missing-first-name": _mutant(
        "assumptions:StopsAtMissingFirstName",
        "one contact, and nobody is synced",
        "takes `name.first` for granted, which contacts do not have",
    ),
    "stops-at-unknown-member": _mutant(
        "assumptions:StopsAtUnknownMember",
        "one student who is not shared, and nobody is synced",
        "takes for granted that all ids in a section can be read",
    ),
    "stops-at-textual-number": _mutant(
        "assumptions:StopsAtTextualNumber",
        "one number with a letter, and nobody is synced",
        "keeps `sis_id` and `staff_id` as numbers",
        needs="a number of a person with a letter in it",
    ),
    # What breaks down
    "dies-on-travellers": _mutant(
        "crashing:DiesOnTravellers",
        "nothing is updated any more",
        "raises an exception when an administrator has more than two schools",
    ),
    "dies-when-two-things-meet": _mutant(
        "crashing:DiesWhenTwoThingsMeet",
        "nothing is updated any more",
        "raises an exception when a term and a course disappear in one sync",
    ),
    "dies-one-time-in-three": _mutant(
        "crashing:DiesOneTimeInThree",
        "now and then nothing is updated",
        "raises an exception in every third sync",
    ),
    "swallows-and-says-ok": _mutant(
        "crashing:SwallowsAndSaysOk",
        "half the people cannot sign in any more",
        "stops updating people at a new double name, archives the rest and reports success",
    ),
    **lifeless.MUTANTS,
    **troubled.MUTANTS,
    **rostering.MUTANTS,
    **particular.MUTANTS,
    **yearly.MUTANTS,
    **mistaken.MUTANTS,
    # When events are followed
    "ignores-deleted-events": _mutant(
        "following:IgnoresDeletedEvents",
        "who has left can still sign in",
        "applies events of created and updated records and leaves out those of deleted ones",
    ),
    "ignores-updated-sections": _mutant(
        "following:IgnoresUpdatedSections",
        "a student who moved stays in the old class",
        "leaves out the events `sections.updated`",
    ),
    "follows-people-and-classes-only": _mutant(
        "following:FollowsPeopleAndClassesOnly",
        "the classes of the new school year belong to no term",
        "applies events of users and sections alone",
    ),
    "creates-for-every-created": _mutant(
        "following:CreatesForEveryCreated",
        "who comes back has two accounts",
        "creates an account for every event `users.created`, also when there is one",
    ),
    "applies-events-by-type": _mutant(
        "following:AppliesEventsByType",
        "who left for an hour stays locked out",
        "sorts events by their type before it applies them",
    ),
    "goes-on-after-a-gap": _mutant(
        "following:GoesOnAfterAGap",
        "who left while the sync was off can still sign in",
        "takes the newest event for its cursor when the old one is too old, without a full sync",
    ),
    "stops-after-a-gap": _mutant(
        "following:StopsAfterAGap",
        "once the sync was off for a month, nothing is updated any more",
        "ends every sync when its cursor is too old",
    ),
    "takes-its-cursor-too-late": _mutant(
        "following:TakesItsCursorTooLate",
        "who left in the night of the first sync can still sign in",
        "asks for the newest event after the full sync instead of before it",
    ),
    "trips-over-unknown-records": _mutant(
        "following:TripsOverUnknownRecords",
        "one record that was never read, and nothing is updated any more",
        "takes for granted that it holds every record that is updated or deleted",
    ),
    "never-reads-again": _mutant(
        "following:NeverReadsAgain",
        "a district that went out of step stays so",
        "answers a request for a full sync with the events since the last one",
    ),
    **followers.MUTANTS,
}
"""Name → the demo with one realistic mistake."""

VARIANTS: Mapping[str, Listing] = {
    "overwrites-edits": _variant(
        "editing:OverwritesEdits", "its syncs undo what people changed by hand, and it says so"
    ),
    "declares-everything": _variant(
        "claims:DeclaresEverything", "it declares all that can be declared, and all of it is so"
    ),
    "keeps-edits": _variant("editing:KeepsEdits", "whatever people change by hand persists"),
    "offers-no-edits": _variant(
        "editing:OffersNoEdits", "its adapter creates no accounts and makes no edits"
    ),
    "starts-new-accounts": _variant(
        "matching:StartsNewAccounts", "it matches nobody to accounts from before, and says so"
    ),
    "matches-by-number": _variant(
        "matching:MatchesByNumber", "it matches by number alone, and says so"
    ),
    "undeclared-matching": _variant(
        "matching:Undeclared", "it matches nobody and declares nothing, so a person must tell"
    ),
    "clever-id-key": _variant("identity:CleverIdKey", "its key is the Clever id"),
    "unique-email": _variant("identity:UniqueEmail", "no two of its users share an e-mail address"),
    "matches-again": _variant(
        "identity:MatchesAgain", "who gets another Clever id goes on with the account of before"
    ),
    "moves-work-along": _variant(
        "identity:MovesWorkAlong", "who gets another Clever id has the work in a new account"
    ),
    "tidies-names": _variant(
        "naming:TidiesNames", "it composes, trims and cuts names, and leaves nobody out"
    ),
    "active-rows-only": _variant("views:ActiveRowsOnly", "its export shows active rows only"),
    "current-terms-only": _variant(
        "views:CurrentTermsOnly", "its export shows current terms and their classes only"
    ),
    "students-only": _variant("views:StudentsOnly", "only students have accounts, and it says so"),
    "no-progress": _variant("views:NoProgress", "it keeps no progress, and says so"),
    "holds-mass-changes": _variant(
        "syncing:HoldsMassChanges", "a sync that would archive much waits for approval"
    ),
    "skips-nameless": _variant(
        "syncing:SkipsNameless", "it skips users without any name, and names them"
    ),
    "reads-every-section": _variant(
        "syncing:ReadsEverySection", "it asks for the members of each section"
    ),
    "single-school-tenants": _variant(
        "syncing:SingleSchoolTenants",
        "it reads school by school, and a user of two schools is a member of both",
    ),
    "large-pages": _variant("syncing:LargePages", "it asks for pages of 10,000"),
    "turns-pages-itself": _variant(
        "paging:TurnsPagesItself", "it asks for what comes after the last record it has"
    ),
    "app-wide-sync": _variant("syncing:AppWideSync", "one sync is of all its districts"),
    "applies-in-background": _variant(
        "syncing:AppliesInBackground", "a worker applies what was read"
    ),
    "skips-paused-districts": _variant(
        "syncing:SkipsPausedDistricts", "it does not sync a district that Clever has paused"
    ),
    "another-app": _variant(
        "harbor:Harbor", "it reads all lists at once, keeps each page, and sweeps at the end"
    ),
    "reads-events": _variant(
        "following:ReadsEvents", "it follows events after one full sync, and says so"
    ),
    **followers.VARIANTS,
}
"""Name → the demo built differently and rightly."""


ALIASES: Mapping[str, str] = {
    "": f"python:{REFERENCE}",
    **{name: f"python:{one.target}" for name, one in (*MUTANTS.items(), *VARIANTS.items())},
}
"""What comes after `demo:`, and the adapter it stands for."""
