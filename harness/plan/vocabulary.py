"""Every phrase a scenario can use, once, as plain regular expressions.

The compiler reads days, people, changes and acts out of them; the step definitions in
`harness/suite/steps` bind them to code. Group names carry the meaning:
`day`, `days`, `who` (people or records of the cast), `section`, `change`, `edge_case`, `since`;
`what` and `how` choose between kindred sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from harness.plan.plan import Happening

_DAY = r"(?P<day>[a-z][a-z-]*)"
_SINCE = r"(?P<since>[a-z][a-z-]*)"
_DAYS = r"(?P<days>[a-z][a-z-]*(?:(?:, | and )[a-z][a-z-]*)*)"
_WHO = r"(?P<who>(?!every |all |nothing |no |the former ).+?)"
_SECTION = r"(?P<section>.+?)"

GIVEN, WHEN, THEN = "Given", "When", "Then"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One kind of sentence: where it may stand and how it is recognised."""

    name: str
    pattern: str
    keyword: str
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", re.compile(self.pattern))


# Given: who and what is spoken of
EDGE_CASE = r'the edge case "(?P<edge_case>[^"]*)"'
WHOLE_DISTRICT = r"the whole district"
NEIGHBOUR = r"the neighbour district"
DISTRICT = r'the district "(?P<district>[^"]*)"'
FOLLOWS_EVENTS = r"an app that follows events"
HELD_ACTIVE = rf"on {_DAY} the app holds {_WHO} as active"
IN_CLASS = rf"on {_DAY} the app has {_WHO} (?P<how>in|teaching) {_SECTION}"
STANDS = (
    rf"on {_DAY} {_WHO} (?:belongs to|belong to|has|have) "
    r"the (?P<what>schools|roles) Clever names"
)
PAGED = r"the app reads the (?P<what>users|sections|courses) in pages"
OLD_ACCOUNT = (
    rf"on {_DAY} (?:a (?P<other>namesake|teacher with the number) of )?{_WHO} has an account"
    r"(?(other)| with the same (?P<same>e-mail address|student number))"
)
FINISHES = rf"on {_DAY} {_WHO} finish(?:es)? a lesson"
EVERYONE_HELD = rf"everyone the app held on {_DAY}"
LESSONS = r"the lessons finished during the year"

# When: what Clever does
SHARES = rf"on {_DAY} the district shares with the app"
ROLLS_OVER = rf"on {_DAY} the school year rolls over"
NOTHING = rf"on {_DAY} nothing changes"
FULL_SYNC = rf"on {_DAY} the app is asked for a full sync"
HAPPENS = rf"on {_DAY} (?P<happening>{'|'.join(Happening)})"
TROUBLE = rf"on {_DAY} Clever (?P<trouble>is unwell|does not find one record)"
DAYS_PASS = rf"the days? {_DAYS} pass(?:es)?"
_OURS = (
    r"the district shares with the app$|the school year rolls over$|nothing changes$|"
    r"the app is asked for a full sync$|Clever is unwell$|Clever does not find one record$|"
    + "|".join(f"{what}$" for what in Happening)
)
BY_HAND = rf"on {_DAY} (?P<deed>.+ by hand)"  # `acts.EDITS` has what can be done
_OURS_TOO = r".+ finish(?:es)? a lesson$|.+ by hand$"
CHANGE = rf"on {_DAY} (?P<change>(?!{_OURS}|{_OURS_TOO}).+)"  # the edge case's own words

# Then: about the cast
ACTIVE = rf"the app holds {_WHO} (?P<how>as active|like anyone else|like any other)"
ARCHIVED = rf"{_WHO} (?:is|are) archived, not lost"
FORMER = rf"the former (?P<who>.+?) of {_SINCE} (?:is|are) archived, not lost"
RESTORED = rf"{_WHO} (?:is|are) active again"
SAME_ACCOUNT = rf"{_WHO} (?:has|have) the same account as on {_SINCE}"
MATCHED = rf"{_WHO} (?:has|have) the account of before"
NOT_TAKEN = rf"{_WHO} (?:does|do) not get that account"
KEEPS_LESSON = rf"{_WHO} still (?:has|have) the lesson of {_SINCE}"
HELD_ONCE = rf"{_WHO} (?:is|are) held once"
TWO_ACCOUNTS = rf"{_WHO} are separate (?:accounts|records)"
NO_ACCOUNT = rf"the app has no account of {_WHO}"
BELONGS = rf"{_WHO} (?:belongs|belong) to the (?P<what>schools|students) Clever names"
HAS = rf"{_WHO} (?:has|have) the (?P<what>roles|name|e-mail address) Clever (?:names|gives)"
ROLE_SCHOOLS = rf"{_WHO} (?:has|have) each role at the schools Clever names"
MEMBERS = rf"the (?P<what>students|teachers) of {_SECTION} are those Clever names"
LINKS = rf"{_SECTION} has the school, course and term Clever names"

# Then: about what is declared, and what is the app's own
DECLARED = r'"(?P<claim>[a-z-]+)" is as the vendor declares'
OWN_STAYS = r"users and groups of the app's own are left alone"

# Then: about everyone
EVERY_SYNC = r"every sync completed"
ALL = r"the app holds every (?P<what>user|school, term, course and section)"
SPARSE = (
    r"the app holds every "
    r"(?P<what>user|school, term, course and section) with a missing value"
)
NOBODY_TWICE = r"the app holds nothing twice"
EVERY_VALUE = (
    r"(?P<what>names and links|every e-mail address) (?:is|are) as Clever shares (?:it|them)"
)
EVERY_TIE = (
    r"every (?:user|contact) (?:belongs to|has) the (?P<what>schools|roles|students) Clever names"
)
EVERY_MEMBER = r"every section has the (?P<what>teachers|students) Clever names"
NEW_HELD = rf"the app holds all that is new(?: since {_SINCE})?"
GONE_INACTIVE = r"nothing that Clever no longer shares is active"
GONE_ARCHIVED = r"all that Clever no longer shares is archived, not lost"
RECORDS_STAY = r"no record passes from one Clever ID to another"
UNCHANGED = rf"the app is as it was on {_SINCE}"
UNTOUCHED = rf"no other district's sync has changed it since {_SINCE}"
LESSONS_ARE = (
    r"every lesson (?P<how>still belongs to who finished it|is in the app after it was finished)"
)

# Then: when Clever is unwell
STILL_HELD = (
    rf"all that the app held (?:on {_SINCE}|before) is (?P<how>still in use|in use again|kept)"
)

# Then: how the app asks Clever
CONDUCT = (
    r"(?P<conduct>what failed is asked for again"
    r"|the app pauses before it asks again"
    r"|nothing is asked for more than five times again"
    r"|nothing is asked for before the limit is reset"
    r"|nothing that Clever refused is asked for again"
    r"|every sync ended by itself"
    r"|no sync that failed says that it completed"
    r"|every request for roster data asks for version 3"
    r"|every sync read from Clever when it was asked for"
    r"|every sync read the district it was for"
    r"|the app read the whole district again)"
)

_BY_KEYWORD: dict[str, dict[str, str]] = {
    GIVEN: {
        "EDGE_CASE": EDGE_CASE,
        "WHOLE_DISTRICT": WHOLE_DISTRICT,
        "NEIGHBOUR": NEIGHBOUR,
        "DISTRICT": DISTRICT,
        "FOLLOWS_EVENTS": FOLLOWS_EVENTS,
        "HELD_ACTIVE": HELD_ACTIVE,
        "IN_CLASS": IN_CLASS,
        "STANDS": STANDS,
        "PAGED": PAGED,
        "OLD_ACCOUNT": OLD_ACCOUNT,
        "FINISHES": FINISHES,
        "EVERYONE_HELD": EVERYONE_HELD,
        "LESSONS": LESSONS,
    },
    WHEN: {
        "FINISHES": FINISHES,
        "SHARES": SHARES,
        "ROLLS_OVER": ROLLS_OVER,
        "NOTHING": NOTHING,
        "FULL_SYNC": FULL_SYNC,
        "HAPPENS": HAPPENS,
        "DAYS_PASS": DAYS_PASS,
        "BY_HAND": BY_HAND,
        "TROUBLE": TROUBLE,
        "CHANGE": CHANGE,
    },
    THEN: {
        "RESTORED": RESTORED,
        "ARCHIVED": ARCHIVED,
        "FORMER": FORMER,
        "ACTIVE": ACTIVE,
        "SAME_ACCOUNT": SAME_ACCOUNT,
        "MATCHED": MATCHED,
        "NOT_TAKEN": NOT_TAKEN,
        "KEEPS_LESSON": KEEPS_LESSON,
        "HELD_ONCE": HELD_ONCE,
        "TWO_ACCOUNTS": TWO_ACCOUNTS,
        "NO_ACCOUNT": NO_ACCOUNT,
        "EVERY_TIE": EVERY_TIE,
        "BELONGS": BELONGS,
        "HAS": HAS,
        "ROLE_SCHOOLS": ROLE_SCHOOLS,
        "MEMBERS": MEMBERS,
        "LINKS": LINKS,
        "DECLARED": DECLARED,
        "OWN_STAYS": OWN_STAYS,
        "EVERY_SYNC": EVERY_SYNC,
        "ALL": ALL,
        "SPARSE": SPARSE,
        "NOBODY_TWICE": NOBODY_TWICE,
        "EVERY_VALUE": EVERY_VALUE,
        "EVERY_MEMBER": EVERY_MEMBER,
        "NEW_HELD": NEW_HELD,
        "GONE_INACTIVE": GONE_INACTIVE,
        "GONE_ARCHIVED": GONE_ARCHIVED,
        "RECORDS_STAY": RECORDS_STAY,
        "UNCHANGED": UNCHANGED,
        "UNTOUCHED": UNTOUCHED,
        "LESSONS_ARE": LESSONS_ARE,
        "STILL_HELD": STILL_HELD,
        "CONDUCT": CONDUCT,
    },
}

PHRASES: tuple[Phrase, ...] = tuple(
    Phrase(name, pattern, keyword)
    for keyword, patterns in _BY_KEYWORD.items()
    for name, pattern in patterns.items()
)


def phrase_of(keyword: str, text: str) -> tuple[Phrase, dict[str, str]] | None:
    """The phrase a step is, with its groups; None when it is none of ours."""
    for phrase in PHRASES:
        if phrase.keyword == keyword and (match := phrase.compiled.fullmatch(text)):
            return phrase, {key: value for key, value in match.groupdict().items() if value}
    return None


def listed(text: str) -> tuple[str, ...]:
    """The parts of a spoken list: `Maya, Leo and Kim` → three names."""
    return tuple(part.strip() for part in re.split(r", | and ", text) if part.strip())
