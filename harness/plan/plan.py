"""Plan: everything one rehearsal does, and which scenarios will judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from harness.contract.archiving import Archiving
from harness.contract.edit import EditKind
from harness.contract.former_names import formerly


class Day(StrEnum):
    """The days of the compressed school year, in order. District time moves three days a day."""

    BEFORE = "before"  # Clever shares nothing yet: nothing is published, nothing is synced
    FIRST_SHARE = "first-share"
    MIDYEAR = "midyear"
    DEPARTURES = "departures"
    RETURNS = "returns"
    # In the district `archives-later` alone: Clever still does not share what is gone by then.
    ABSENT_3 = "absent-3"
    ABSENT_4 = "absent-4"
    ABSENT_5 = "absent-5"
    ABSENT_6 = "absent-6"
    ABSENT_7 = "absent-7"
    ABSENT_8 = "absent-8"
    ABSENT_9 = "absent-9"
    LONG_GONE = "long-gone"
    BACK_AT_LAST = "back-at-last"
    SLOW = "slow"  # the fault days, one kind of fault a day: see `harness.plan.faults`
    TOO_MANY_REQUESTS = "too-many-requests"
    CUT_OFF = "cut-off"
    HTML = "html"
    EMPTY_BODY = "empty-body"
    NO_LIST = "no-list"
    SERVER_ERRORS = "server-errors"
    # In the district `lists-fail` alone: before each list that fails a day on which all is read.
    SCHOOLS_READ = "schools-read"
    SCHOOLS_FAIL = "schools-fail"
    TERMS_READ = "terms-read"
    TERMS_FAIL = "terms-fail"
    COURSES_READ = "courses-read"
    COURSES_FAIL = "courses-fail"
    SECTIONS_READ = "sections-read"
    SECTIONS_FAIL = "sections-fail"
    STUDENTS_READ = "students-read"
    STUDENTS_FAIL = "students-fail"
    TEACHERS_READ = "teachers-read"
    TEACHERS_FAIL = "teachers-fail"
    CONTACTS_READ = "contacts-read"
    CONTACTS_FAIL = "contacts-fail"
    MEMBERS_READ = "members-read"
    MEMBERS_FAIL = "members-fail"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ACCEPTED_AGAIN = "accepted-again"
    REFUSED_MIDWAY = "refused-midway"
    ALL_READ = "all-read"
    TOKEN_REPLACED = "token-replaced"  # noqa: S105 - is none: while the app is inside a list
    SHORT_PAGES = "short-pages"  # nothing fails, and pages have fewer records than they could
    RECOVERY = "recovery"
    ROLLOVER = "rollover"
    QUIET = "quiet"
    FULL_SYNC = "full-sync"  # only for apps that follow events, which are asked for a full sync


DAYS: tuple[Day, ...] = tuple(Day)
LIST_DAYS: tuple[Day, ...] = DAYS[DAYS.index(Day.SCHOOLS_READ) : DAYS.index(Day.SHORT_PAGES) + 1]
"""The days of the district `lists-fail`; they lie between two days of the school year."""

ABSENCES: tuple[Day, ...] = DAYS[DAYS.index(Day.ABSENT_3) : DAYS.index(Day.BACK_AT_LAST) + 1]
"""The days of the district `archives-later`; they lie between two days of the school year."""

ARCHIVES_LATER = "archives-later"
"""A district for apps that are declared to wait before they archive."""
COMINGS_AND_GOINGS = "comings-and-goings"
"""A district whose people and classes come, go and change places more often than elsewhere."""
COMMON = "common"
"""The district in which most casts live."""
KILLED_MIDWAY = "killed-midway"
"""A district during whose syncs the app is killed; only if something can kill it."""
LISTS_FAIL = "lists-fail"
"""A district whose lists fail one by one: see `harness.plan.faults`."""
LONG_LISTS = "long-lists"
"""A district with more than a thousand records of a kind; only few apps are asked to sync it."""
ODD_VALUES = "odd-values"
"""A district with every unusual value, and with people who agree with some of the common one."""
FOLLOWED_BY_EVENTS = "followed-by-events"
"""A district of which events tell more than two rosters do; it has a school that a cast opens."""
OLD_DATA = "old-data"
"""A district with which Clever cannot sync, so that it shares what it had."""
SYNCED_TWICE = "synced-twice"
"""A district with two syncs at once; only apps that can start them are asked to."""
AFTER_THE_YEAR = (LONG_LISTS, SYNCED_TWICE, KILLED_MIDWAY)
"""Districts that come after the year, and only for some apps."""
NEIGHBOUR = "neighbour"
"""A small district beside it that takes part in every run."""


class OldAccount(StrEnum):
    """By what an account from before Clever could be taken for somebody Clever shares."""

    EMAIL = "email"  # theirs: the same e-mail address
    CAPITALS = "capitals"  # theirs: the same e-mail address but for capital letters
    NUMBER = "number"  # theirs: the same student number, another address
    NAME = "name"  # somebody else's: the same name, another address and number
    ROLE = "role"  # somebody else's: a teacher whose number is the student's
    FORMER_ID = "former-id"  # theirs: the Clever ID that one of their roles had in version 2
    SHARED = "shared-address"  # theirs, at an address that somebody else has as well
    MIXED = "address-of-another"  # theirs by name and number, at an address somebody else has now


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedChange:
    """A named change of an edge case, on the day a scenario puts it."""

    edge_case: str
    change: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAct:
    """Something people of an edge case do in the app, after the sync of a day."""

    edge_case: str
    person: str
    """Who, as the scenario says it: `Maya`, or `Maya and Leo`."""
    act: str = field(compare=False)
    """The rest of the sentence; the other fields say the same, whatever its words."""
    day: str
    account: OldAccount | None = None
    """The account they had before Clever, if the act is about one."""
    edit: EditKind | None = None
    """What they edit manually, if they do; without either they finish a lesson."""
    section: str = ""
    """The class an edit is about."""
    other: str = ""
    """Whose e-mail address an account has, if not the person's own."""


class Incident(StrEnum):
    """What can happen to a whole district: the neighbour, or a small one of its own."""

    ROTATED = "the district gets a new token"
    BACK_BEFORE_SYNC = "students leave and come back before the app syncs"
    WHILE_READ = "students leave while the app reads"
    ALL_WHILE_READ = "people come and go while the app reads the whole district"
    BREAKS_OFF = "people come and go for three nights, and the events break off"
    UNHEARD = "people come and go in a night of which Clever writes no events"
    LATE = "students leave, and the app syncs more than 30 days later"
    YEAR_ENDS = "the school year ends, and no new one has begun"
    PAUSED = "the district is paused, still without classes"
    PENDING = "the district has to correct its data, and shares what it had"
    ERROR = "Clever cannot sync with the district, and shares what it had"
    YEAR_LATER = "more than 300 days have passed"
    NOTHING_SHARED = "the district shares nothing by mistake"
    TOKEN_DIES = "the token stops working while the app reads"  # noqa: S105 - is none
    DISCONNECTS = "the district disconnects"


READABLE = (
    Incident.YEAR_ENDS,
    Incident.PAUSED,
    Incident.PENDING,
    Incident.ERROR,
    Incident.YEAR_LATER,
    Incident.ALL_WHILE_READ,
)
"""What an app can read like any other day."""
NOT_SYNCED: Mapping[str, str] = {Incident.PENDING: "pending", Incident.ERROR: "error"}
"""What keeps Clever itself from syncing with a district → the district's `state` meanwhile."""
OUTAGES = (Incident.TOKEN_DIES, Incident.DISCONNECTS, Incident.BREAKS_OFF)
"""What keeps an app from reading the district, so that no sync can complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedIncident:
    """What happens to a whole district, on the day a scenario puts it."""

    district: str
    what: str
    """One of `Incident`."""
    day: str


@formerly(happenings="incidents")
@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedScenario:
    """One scenario and what it demands of a recording."""

    id: str
    """`<feature file without suffix>/<slug of the name>`; also the id of the check, for waivers."""
    feature: str
    """File name, e.g. `moving.feature`."""
    rule: str
    name: str
    line: int
    requirements: tuple[str, ...]
    """Requirement ids from the tags of the Rule and the Scenario."""
    edge_case: str = ""
    neighbour: bool = False
    """Whether it speaks of the neighbour district instead of the common one."""
    district: str = ""
    """The small district of its own that it speaks of, if it does."""
    incidents: tuple[PlacedIncident, ...] = ()
    follows_events: bool = False
    """Whether it speaks of apps that follow events only."""
    archives_later: bool = False
    """Whether it speaks of apps only that are declared to wait before they archive."""
    people: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name that stands for many people → theirs."""
    days: tuple[str, ...] = ()
    """Days it speaks of, in the order of the year."""
    changes: tuple[PlacedChange, ...] = ()
    acts: tuple[PlacedAct, ...] = ()
    steps: tuple[str, ...] = ()
    """The steps as written, keyword included."""


@formerly(happenings="incidents")
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The compiled rehearsal. `syncs` follows from the days alone, never from the edge cases."""

    scenarios: tuple[PlannedScenario, ...]
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """District → the days it shares and syncs on, in order; `before` is none of them."""
    changes: tuple[PlacedChange, ...] = ()
    acts: tuple[PlacedAct, ...] = ()
    incidents: tuple[PlacedIncident, ...] = ()
    edge_cases: tuple[str, ...] = ()
    """Ids of the edge cases in play."""
    selected: tuple[str, ...] = ()
    """What `--only` named; empty for a whole rehearsal."""
    archiving: Archiving | None = None
    """How long the app is declared to wait before it archives."""

    def home(self, edge_case: str) -> str:
        """The district in which the cast of an edge case lives."""
        return self.homes().get(edge_case, COMMON)

    def homes(self) -> Mapping[str, str]:
        """Edge case → the district in which its cast lives; not those at home in the common one."""
        return {row.edge_case: row.district for row in self.scenarios if row.district}

    def incident(self, district: str, day: str) -> str:
        """What happens to a whole district on a day, one of `Incident`; or ""."""
        placed = (
            incident.what
            for incident in self.incidents
            if (incident.district, incident.day) == (district, day)
        )
        return next(placed, "")

    @property
    def syncs(self) -> int:
        """How many syncs the app is asked for: the sum over districts of their days."""
        return sum(len(days) for days in self.counted.values())

    @property
    def counted(self) -> Mapping[str, tuple[str, ...]]:
        """District → its days, without those that only few apps are asked to sync."""
        return {
            name: days for name, days in self.days.items() if days and name not in AFTER_THE_YEAR
        }

    def on(self, day: str) -> tuple[tuple[PlacedChange, ...], tuple[PlacedAct, ...]]:
        """What changes on a day, and what people do on it after the sync.

        A cast whose small district only other update modes play takes no part.
        """
        homes = self.homes()
        away = {case for case, home in homes.items() if home not in self.days}
        return (
            tuple(
                change
                for change in self.changes
                if change.day == day and change.edge_case not in away
            ),
            tuple(act for act in self.acts if act.day == day and act.edge_case not in away),
        )
