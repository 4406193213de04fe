"""FeatureTable: what can set some records of a sync apart, in words, and what to do about it.

What changed or how it was delivered explains more than what a record is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from harness.assess.causes.ways import WAYS
from harness.district.data_model.records import Role


class Rank(IntEnum):
    """What explains most comes first among equals."""

    CHANGE = 0
    DELIVERY = 1
    RELATION = 2
    STATE = 3


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that is so of some records at a sync."""

    words: str
    """Of several records: `are new with that sync`."""
    rank: Rank
    remedy: str = ""


_ARRIVALS = "Apply what is new in the order in which it hangs together: people before their classes"
_LISTS = "Replace each stored list with the one Clever shares, in every sync."
_CHANGE_ONLY = (
    "Compare whole records to find what changed: a count, a date or one field is no proof."
)
_SHARED_VALUE = (
    "Look records up by Clever ID: other records can have the same e-mail address or number."
)
_UNIQUE_NOWHERE = (
    "Give all users the addresses and numbers that Clever sends, whoever has or had them: update "
    "all of a sync at once, and make these values unique nowhere."
)
_SCHOOLS = "Treat what belongs to a school that comes or closes like any other record."
_WHOLE = "Apply a record whatever it lacks: what it has besides stands on its own."
_DATES = "Apply what Clever shares of a class whatever the dates of its term."
APPROVED = (
    "Apply all that a held sync has read once a person approves it: what is new, what changed and "
    "what went."
)
_PAGES = "Apply every page of what Clever answers in a sync, and each record on it."

PARTS: Mapping[str, float] = {
    "half": 1 / 2,
    "a third": 1 / 3,
    "a quarter": 1 / 4,
    "a fifth": 1 / 5,
    "a tenth": 1 / 10,
}
"""How large a part of a list goes with a sync, in words."""

FEATURES: Mapping[str, Feature] = {
    "new": Feature("are new with that sync", Rank.CHANGE, f"{_ARRIVALS}, in one sync."),
    "back": Feature(
        "come back with that sync",
        Rank.CHANGE,
        "Make a record that comes back active, with all that Clever shares of it then.",
    ),
    "back-unchanged": Feature(
        "come back with that sync as they were when they left",
        Rank.CHANGE,
        "Make a record that is archived in your app active when you read it, changed or not: a "
        "`last_modified` that is as before does not say that the record was in use.",
    ),
    "gone": Feature("are no longer shared from that sync on", Rank.CHANGE),
    "of-a-past-class": Feature(
        "were named by a class that is no longer shared",
        Rank.CHANGE,
        "Go by the lists of courses and terms to decide which are in use: classes that are over or "
        "archived keep theirs.",
    ),
    **{
        f"with-more-than:{part}": Feature(
            f"go with more than {part} of their list",
            Rank.CHANGE,
            "Archive what a complete read no longer has, however much that is. Where your app "
            "stops short of that for safety, let such a sync end as `held`, and offer `approve`.",
        )
        for part in PARTS
    },
    "away-before": Feature(
        "had left and come back before",
        Rank.CHANGE,
        "Treat what leaves again as what leaves for the first time: what a return leaves behind, "
        "such as a mark, a date or a count of references, must not keep it in use.",
    ),
    "last-listed": Feature(
        "are still listed by a class, or by one that went before them",
        Rank.CHANGE,
        "Go by /users to decide who is in use: classes that are over or archived keep their lists.",
    ),
    "student-gone": Feature(
        "have a student who is no longer shared from that sync on",
        Rank.CHANGE,
        "Go by /users to decide who is in use: a contact whom Clever still shares stays, whichever "
        "of the students leaves.",
    ),
    **{name: Feature(words, Rank.CHANGE) for name, words in WAYS.items()},
    "entry-new": Feature("are new in that list", Rank.CHANGE, _LISTS),
    "school-added": Feature("get another school", Rank.CHANGE, _LISTS),
    "school-lost": Feature("lose a school", Rank.CHANGE, _LISTS),
    "schools-exchanged": Feature("exchange one school for another", Rank.CHANGE, _LISTS),
    "student-added": Feature("get a student", Rank.CHANGE, _LISTS),
    "student-lost": Feature("lose a student", Rank.CHANGE, _LISTS),
    "teacher-added": Feature("get a teacher", Rank.CHANGE, _LISTS),
    "teacher-lost": Feature("lose a teacher", Rank.CHANGE, _LISTS),
    "same-number": Feature("have as many members as before", Rank.CHANGE, _CHANGE_ONLY),
    "same-size-school": Feature(
        "are of a school that has as many classes and members as before, though some are others",
        Rank.CHANGE,
        _CHANGE_ONLY,
    ),
    "class-joined": Feature("join a class", Rank.CHANGE, _LISTS),
    "class-left": Feature("leave a class", Rank.CHANGE, _LISTS),
    "classes-exchanged": Feature("leave one class and join another", Rank.CHANGE, _LISTS),
    "last-class-left": Feature(
        "leave their last class",
        Rank.CHANGE,
        "Take people out of a class and nothing else: who is in no class is still shared.",
    ),
    "first-class": Feature("join their first class", Rank.CHANGE, _LISTS),
    "member-new": Feature("list somebody who is new with that sync", Rank.CHANGE, _ARRIVALS + "."),
    "still-listed": Feature(
        "are still listed by a class",
        Rank.CHANGE,
        "Go by /users to decide who is in use: a class can list people who are no longer shared.",
    ),
    "other-terms": Feature(
        "are there when terms come or go",
        Rank.CHANGE,
        "Archive only what Clever no longer shares: terms end nothing else.",
    ),
    "later-page": Feature("are on a later page than the first", Rank.DELIVERY, _PAGES),
    "first-page": Feature("are on the first page", Rank.DELIVERY, _PAGES),
    "last-page": Feature("are on the last page", Rank.DELIVERY, _PAGES),
    "approved": Feature(
        "come, change or go with a sync that was held and approved",
        Rank.DELIVERY,
        APPROVED,
    ),
    "after-failure": Feature(
        "change with the sync after one that did not complete",
        Rank.DELIVERY,
        "Start each sync from what the last complete one left, and drop what a broken one kept.",
    ),
    "hit": Feature(
        "change with a sync in which Clever did not answer well",
        Rank.DELIVERY,
        "Finish reading before you apply anything, and ask again for what failed.",
    ),
    "first-sync": Feature(
        "come with the first sync of their district",
        Rank.DELIVERY,
        "Apply the first sync of a district like every other one.",
    ),
    "unchanged": Feature(
        "do not change with that sync",
        Rank.STATE,
        "Leave what did not change as it is, unless a complete read no longer contains it.",
    ),
    **{f"role:{role}": Feature(f"have the role `{role}`", Rank.STATE) for role in Role},
    **{f"only:{role}": Feature(f"have the role `{role}` alone", Rank.STATE) for role in Role},
    "roles": Feature("have more than one role", Rank.STATE, "Store every key of `roles`."),
    "schools": Feature("have more than one school", Rank.STATE, _LISTS),
    "no-school": Feature("have no school", Rank.STATE),
    **{
        f"no-{name}": Feature(f"have no {words}", Rank.STATE, _WHOLE)
        for name, words in (("email", "e-mail address"), ("phone", "phone number"))
    },
    **{
        f"no-{part}-name": Feature(
            f"have no {part} name",
            Rank.RELATION,
            "Store the part of a name that there is: of contacts Clever sends the whole name in "
            "`name.last`.",
        )
        for part in ("first", "last")
    },
    "no-class": Feature(
        "are students or teachers in no class",
        Rank.RELATION,
        "Go by /users to decide who is in use, not by the classes.",
    ),
    **{
        f"{role}-in-no-class": Feature(
            f"are {role}s in no class",
            Rank.RELATION,
            "Go by /users to decide who is in use, not by the classes.",
        )
        for role in (Role.STUDENT, Role.TEACHER)
    },
    "students-in-no-class": Feature(
        "are contacts whose students are in no class",
        Rank.RELATION,
        "Go by /users to decide who is in use, not by the classes of somebody's students.",
    ),
    "unlisted": Feature(
        "are listed by no class",
        Rank.RELATION,
        "Go by /users to decide who is in use: contacts and staff are in no class, and others can "
        "be in none.",
    ),
    "classes-ahead": Feature(
        "are only in classes whose term has not begun on the day of the sync", Rank.RELATION, _DATES
    ),
    "classes-over": Feature(
        "are only in classes whose term is over on the day of the sync", Rank.RELATION, _DATES
    ),
    "classes": Feature("are in more than one class", Rank.STATE, _LISTS),
    "teachers": Feature("have more than one teacher", Rank.STATE, _LISTS),
    "no-teacher": Feature("have no teacher", Rank.RELATION, _WHOLE),
    "no-student": Feature("have no student", Rank.RELATION, _WHOLE),
    "no-course": Feature("have no course", Rank.RELATION, _WHOLE),
    "no-term": Feature("have no term", Rank.RELATION, _WHOLE),
    "term-ahead": Feature(
        "have a term that has not begun on the day of the sync", Rank.RELATION, _DATES
    ),
    "term-over": Feature("have a term that is over on the day of the sync", Rank.RELATION, _DATES),
    "unshared-member": Feature(
        "list somebody whom Clever does not share",
        Rank.STATE,
        "Leave out the member you do not know, and apply the rest of the class.",
    ),
    "with-work": Feature(
        "have work in your app",
        Rank.RELATION,
        "Move, change and archive people with work like all others: the work stays theirs.",
    ),
    "value-of-archived": Feature(
        "share their e-mail address or number with an archived account",
        Rank.RELATION,
        _SHARED_VALUE,
    ),
    "value-of-another": Feature(
        "share their e-mail address or number with another user of the district",
        Rank.RELATION,
        _SHARED_VALUE,
    ),
    "email-taken": Feature(
        "have an e-mail address that another account in your app had before that sync, in use or "
        "archived",
        Rank.CHANGE,
        _UNIQUE_NOWHERE,
    ),
    **{
        f"{value}-had-by-another": Feature(
            f"get {words} that another user of the district had until that sync, or has",
            Rank.CHANGE,
            _UNIQUE_NOWHERE,
        )
        for value, words in (("email", "an e-mail address"), ("number", "a number"))
    },
    "value-elsewhere": Feature(
        "share their e-mail address or number with a user of another district",
        Rank.RELATION,
        "Limit every lookup and every rule of uniqueness to one district.",
    ),
}
"""Name → what it says."""
