"""The edge cases, the answers and the days of the rehearsals made by hand."""
# ruff: noqa: E501 - the rows of a table stay on one line

from __future__ import annotations

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import Outcome
from harness.assess.results import (
    CastMember,
    DayResult,
    DayState,
    EdgeCaseResult,
    HistoryEntry,
    RecordHistory,
)


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


# id | group | provenance | outcome | checks | title
_CASES = """
moves-between-classes|Moved students|certification-isd|pass|moving/a-student-who-changes-class-keeps-the-finished-lessons moving/a-student-who-changes-class-is-in-the-new-class-only|A student changes class in the middle of a term
moves-between-schools|Moved students|certification-isd|fail|moving/a-student-who-changes-school-keeps-the-account moving/a-student-who-changes-school-is-at-the-new-school-only|A student changes school and keeps one class at the old one
promoted-at-rollover|Moved students|documented|blocked|moving/a-student-who-is-promoted-keeps-the-finished-lessons|A student is promoted into another school
grade-corrected|Moved students|certification-isd|pass|moving/a-corrected-grade-reaches-the-app|A wrong grade is corrected
two-co-teachers|Co-teachers|certification-isd|fail|teachers/both-co-teachers-have-the-class|Two teachers share a class
three-co-teachers|Co-teachers|certification-isd|fail|teachers/all-three-co-teachers-have-the-class|Three teachers share a class
primary-teacher-replaced|Co-teachers|documented|pass|teachers/the-new-primary-teacher-has-the-class teachers/the-former-primary-teacher-has-it-no-longer|The primary teacher of a class is replaced
substitute-teacher|Co-teachers|synthetic|manual|teachers/a-substitute-sees-the-class-for-the-day|A substitute teaches for a day
long-section-names|Co-teachers|certification-isd|warn|teachers/names-of-sections-are-whole|The name of a class is longer than most columns
student-in-three-schools|Several schools|certification-isd|fail|several-schools/a-student-in-three-schools-is-seen-in-each|A student belongs to three schools
teacher-in-two-schools|Several schools|documented|pass|several-schools/a-teacher-in-two-schools-is-seen-in-both|A teacher teaches in two schools
staff-in-several-schools|Several schools|certification-isd|fail|several-schools/staff-of-several-schools-are-seen-in-each|Staff look after several schools
teacher-and-administrator|Teacher and administrator|documented|pass|roles/a-teacher-who-is-an-administrator-too-has-both-roles|A teacher is an administrator at another school
two-ids-one-person|Teacher and administrator|documented|pass|roles/two-clever-ids-of-one-person-stay-two-records-or-are-joined|One person has two Clever IDs
role-lost|Teacher and administrator|documented|error|roles/who-loses-a-role-keeps-the-other roles/who-loses-a-role-keeps-the-account|A person loses one of two roles
student-returns|Departures|certification-isd|pass|departures/a-student-who-leaves-is-archived-not-lost departures/a-student-who-comes-back-finds-the-same-account|A student leaves and comes back with the same Clever ID
teacher-returns|Departures|certification-isd|pass|departures/a-teacher-who-comes-back-has-the-same-account|A teacher leaves and comes back with the same Clever ID
section-unshared|Departures|documented|pass|departures/a-section-that-is-unshared-is-archived departures/a-section-that-is-shared-again-is-the-same-section|A class is unshared and shared again
term-returns|Departures|synthetic|fail|departures/a-term-that-is-removed-is-archived departures/a-term-that-comes-back-is-restored|A term is removed and comes back
contact-of-two|Contacts|certification-isd|not_applicable|contacts/a-contact-of-two-children-belongs-to-both|One contact looks after two children
"""

_DIFFERENCES = {
    "moves-between-schools": (
        "Clever shares Maya Kowalski with Cedar Middle and Pine Hill Elementary, "
        "your app holds Cedar Middle only."
    ),
    "two-co-teachers": (
        "Clever shares Art 3 with Ms Duval and Mr Pfeffer, your app holds Ms Duval only."
    ),
    "three-co-teachers": "Clever shares Robotics with three teachers, your app holds one.",
    "student-in-three-schools": (
        "Clever shares Nia Abernathy with three schools, your app holds one."
    ),
    "staff-in-several-schools": "Clever shares 37 members of staff with three schools each, "
    "your app holds one of each.",
    "term-returns": "Clever shares Autumn Term again since returns, your app has it archived.",
    "long-section-names": "Your app cuts the name of Introduction to Woodwind Instruments.",
}

# name | full name | kind; then what Clever shares and what the app holds: field=value, value; ...
_MEMBERS = {
    "moves-between-schools": """
Maya|Maya Kowalski|users|name=Maya Kowalski;schools=Cedar Middle, Pine Hill Elementary|name=Maya Kowalski;schools=Cedar Middle
Art|Art 3|sections|name=Art 3;teachers=Mr Okoye|name=Art 3;teachers=Mr Okoye
""",
    "two-co-teachers": """
Art 3|Art 3|sections|name=Art 3;teachers=Ms Duval, Mr Pfeffer|name=Art 3;teachers=Ms Duval
Ms Duval|Odile Duval|users|name=Odile Duval;roles=teacher|name=Odile Duval;roles=teacher
Mr Pfeffer|Jonas Pfeffer|users|name=Jonas Pfeffer;roles=teacher;classes=Art 3, Art 4|name=Jonas Pfeffer;roles=teacher;classes=Art 4
""",
    "student-in-three-schools": """
Nia|Nia Abernathy|users|name=Nia Abernathy;schools=Pine Hill Elementary, Cedar Middle, Lakeside High|name=Nia Abernathy;schools=Pine Hill Elementary
""",
}
_LEO = "Leo|Leo Ñandú-O'Brien|users|name=Leo Ñandú-O'Brien|name=Leo Ñandú-O'Brien"


def _view(text: str) -> dict[str, tuple[str, ...]]:
    fields = (field.split("=") for field in text.split(";"))
    return {name: tuple(values.split(", ")) for name, values in fields}


def _people(case: str, number: int) -> list[tuple[CastMember, RecordHistory]]:
    return [
        _person(f"58da8c6b894273be68{number:04x}{place:02x}", *row)
        for place, row in enumerate(_rows(_MEMBERS.get(case, _LEO)))
    ]


def _person(
    clever_id: str, name: str, full_name: str, kind: str, shared: str, held: str
) -> tuple[CastMember, RecordHistory]:
    member = CastMember(
        name=name, full_name=full_name, kind=kind, clever_id=clever_id, district="common"
    )
    entry = HistoryEntry(
        day="first-share",
        until="midyear",
        shared=_view(shared),
        held=({"status": ("active",)} | _view(held),),
        request="GET /v3.1/users?limit=100 (page 2 of 9)",
    )
    history = RecordHistory(
        district="common", clever_id=clever_id, kind=kind, name=name, entries=(entry,)
    )
    return member, history


EDGE_CASES = tuple(
    EdgeCaseResult(
        id=identifier,
        group=group,
        title=title,
        why="Districts do this every year, and an app that takes it for a new person loses work.",
        provenance=provenance,
        outcome=Outcome(outcome),
        difference=_DIFFERENCES.get(identifier, ""),
        members=tuple(member for member, _ in _people(identifier, number)),
        checks=tuple(checks.split()),
    )
    for number, (identifier, group, provenance, outcome, checks, title) in enumerate(_rows(_CASES))
)

HISTORIES = tuple(
    history
    for number, (identifier, *_) in enumerate(_rows(_CASES))
    for _, history in _people(identifier, number)
)

# source: b behaviour, t traffic, d declared, n needs you | group | id | question | answer
_QUESTIONS = """
t|General|api-version|Which version of the API does the app use?|We use version 3.1 of the Data API.
b|General|key|Which field is the key from Clever?|The Clever ID, for users, schools, sections, courses and terms.
d|General|central-record|What is the central record of your data model?|The class (Clever's section).
d|General|set-up|What does a district do to set the app up?|It shares the app in Clever; we confirm within a day.
t|General|tokens|Are district-app tokens used?|Yes. One token per district, read from Clever before every sync.
d|General|sync-before-login|Must a sync run before anybody can sign in?|Yes, one full sync.
n|General|missing-fields|What happens when a field is missing?|
b|General|update-how|Is data updated at sign-in or by a batch?|By a batch, once a day.
b|Provisioning|user-types|Which types of user get accounts?|Students, teachers, staff and district administrators.
d|Provisioning|more-access|Is there a type of user with more access than teachers?|Yes, school leads and district leads.
n|Matching|match-districts|How are districts matched?|
n|Matching|match-schools|How are schools matched?|
n|Matching|match-users|Are users matched to keep their progress?|
b|Rostering|associations|Are associations of students and teachers synced?|Yes, through the sections that both belong to.
d|Ongoing updates|how-often|How often does a sync run, and what starts it?|Every night at two, and whenever an operator asks.
t|Ongoing updates|update-method|On sign-in, by full syncs, or by events?|By full syncs.
d|Admin edits|edit-permissions|Can permissions be edited or roles added?|Yes, by a district lead.
d|Admin edits|create-users|Can users be created outside the sync?|Yes, by a school lead.
d|Admin edits|create-groups|Can groups be created outside the sync?|Yes, by a teacher.
d|Admin edits|split-section|Can a section be split?|No.
n|Admin edits|change-section|Can students be added to a synced section or taken out?|
n|Admin edits|edits-persist|Do such edits last?|
b|Updating and deleting|student-changes-class|What happens if a student changes class?|The student is in the new class after the next sync and keeps all finished lessons.
b|Updating and deleting|student-changes-school|What happens if a student changes school?|The account stays; the student is at the new school after the next sync.
b|Updating and deleting|record-deleted|What happens when a record is deleted?|It is archived, and nobody sees it any longer.
b|Updating and deleting|restore|Can a record be restored?|Yes, it is restored when its Clever ID reappears.
b|Progress|progress-stored|Is progress stored?|Yes, finished lessons.
b|Progress|progress-deleted|Is there a case in which progress is deleted?|No. In the rehearsal no finished lesson was lost.
b|Rollover|rollover|How is rollover handled?|New sections are made, old ones are archived, progress stays with the student.
n|Login provisioning|login-records|Which types of record are stored at sign-in?|
n|Login provisioning|first-login|What happens at the first sign-in?|
n|Login provisioning|later-login|What happens at later sign-ins?|
d|Initial sync|who-starts|Who starts the initial sync?|Our operators, after the district has shared.
t|Initial sync|which-records|Which types of record are synced?|Schools, users, sections, courses and terms.
d|Administrators|levels|Which levels of administrator are there?|School leads (staff) and district leads (district administrators).
b|Administrators|teacher-and-admin|How are teachers handled who are administrators too?|One account with both roles.
b|Use of rosters|section-fields|Does a field of a section change what the app does?|No change of a section's fields changed anything else.
b|Use of rosters|no-sections|How are users without sections handled?|They have an account and see an empty list of classes.
b|Use of rosters|several-sections|How are users with several sections handled?|They see each of them.
b|Use of rosters|several-schools|How are users of several schools handled?|They see classes in each of their schools.
b|Use of rosters|co-teachers|Are co-teachers supported? How many?|Yes, without a limit.
t|Events|full-sync|Can a full sync be forced?|Yes, every sync is a full one.
t|Events|event-records|For which records are events processed?|None; the app made no request to the Events API.
d|Older forms|contacts|What are contacts used for?|Nothing: we do not write to families.
d|Older forms|approval|Does a district's request need approval?|Yes, within one working day.
"""

_SOURCES = {
    "b": AnswerSource.BEHAVIOUR,
    "t": AnswerSource.TRAFFIC,
    "d": AnswerSource.DECLARED,
    "n": AnswerSource.NEEDS_YOU,
}

_BASES = {
    "b": "Seen in what the app held after its syncs.",
    "t": "Seen in the 84 requests of the rehearsal.",
    "d": "Your declaration in rosterready.toml; nothing observed speaks against it.",
    "n": "No rehearsal can see this: it happens outside the app.",
}

_EVIDENCE = {
    "key": ("R1", "standing/no-clever-id-has-two-accounts"),
    "restore": ("R6", "departures/a-student-who-comes-back-finds-the-same-account"),
    "co-teachers": ("R9", "teachers/both-co-teachers-have-the-class"),
    "student-changes-class": ("moving/a-student-who-changes-class-keeps-the-finished-lessons",),
}

ANSWERS = tuple(
    Answer(
        question=identifier,
        group=group,
        text=text,
        source=_SOURCES[source],
        answer=answer,
        reason=_BASES[source],
        evidence=_EVIDENCE.get(identifier, ("R3",) if source == "t" else ()),
        contradiction="You declare that co-teachers are supported without a limit, but Art 3 lost "
        "Mr Pfeffer and Robotics lost two of three teachers."
        if identifier == "co-teachers"
        else "",
    )
    for source, group, identifier, text, answer in _rows(_QUESTIONS)
)

_SHARED = {"schools": 5, "terms": 40, "courses": 120, "sections": 160, "users": 812}
_SMALL = {"schools": 1, "terms": 4, "courses": 9, "sections": 12, "users": 61}


def _day(
    district: str,
    day: str,
    changes: tuple[str, ...],
    short: dict[str, int],
    **more: str,
) -> DayResult:
    shared = dict(_SHARED if district == "common" else _SMALL)
    state = DayState(more.get("state", DayState.COMPLETED))
    reached = state is not DayState.NOT_REACHED
    return DayResult(
        district=district,
        day=day,
        changes=changes,
        acts=("Maya finishes a lesson", "Leo finishes a lesson") if day == "midyear" else (),
        state=state,
        reason=more.get("reason", ""),
        requests=14 if reached else 0,
        records_read=1137 if reached else 0,
        seconds=4.2 if reached else 0.0,
        before_approval=DayState.HELD if day == "rollover" else None,
        held={kind: count - short.get(kind, 0) for kind, count in shared.items()}
        if reached
        else {},
        shared=shared,
    )


DAYS = (
    _day("common", "first-share", (), {}),
    _day(
        "common",
        "midyear",
        (
            "Maya moves to Cedar Middle (moves-between-schools)",
            "Mr Pfeffer teaches Art 3 with Ms Duval (two-co-teachers)",
            "Ms Lindqvist and Mr Tanaka teach Robotics (three-co-teachers)",
            "Leo moves from Art 3 to Music 3 (moves-between-classes)",
            "Ms Haddad becomes an administrator at Lakeside High (teacher-and-administrator)",
            "Kim's student number changes (sis-id-changed)",
        ),
        {},
    ),
    _day("common", "departures", ("Maya leaves (student-returns)",), {}),
    _day("common", "returns", ("Maya comes back (student-returns)",), {"terms": 1}),
    _day("common", "rollover", ("The school year turns over",), {"terms": 1}),
    _day("common", "quiet", (), {"terms": 1}, state=DayState.NOT_REACHED),
    _day("neighbour", "first-share", (), {}),
    _day(
        "neighbour",
        "midyear",
        ("Two students move (neighbour)",),
        {"users": 20, "sections": 4},
        state=DayState.FAILED,
        reason="The app stopped: “KeyError: 'email'” while it read the second page of users.",
    ),
)
