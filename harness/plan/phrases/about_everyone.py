"""`Then` steps about everyone in the district, the control group included."""

from __future__ import annotations

from harness.plan.phrases.phrase import SINCE, then

_EVERY = r"the app holds every (?P<what>user|school, term, course and section)"

ALL = then(_EVERY)
SPARSE = then(rf"{_EVERY} with a missing value")
NOBODY_TWICE = then(r"the app holds nothing twice")
READ_TO_THE_END = then(r"every list is read to its end")
NONE_MERGED = then(r"the app holds no two records as one")
EVERY_NAME = then(r"names and links are as Clever shares them")
EVERY_EMAIL = then(r"every e-mail address is as Clever shares it")
EVERY_TIE = then(
    r"every (?:user|contact) (?:belongs to|has) the (?P<what>schools|roles|students) Clever names"
)
EVERY_MEMBER = then(r"every section has the (?P<what>teachers|students) Clever names")
NEW_HELD = then(rf"the app holds all that is new(?: since {SINCE})?")
GONE_INACTIVE = then(r"nothing that Clever no longer shares is active")
GONE_ARCHIVED = then(r"all that Clever no longer shares is archived, not lost")
RECORDS_STAY = then(r"no record passes from one Clever ID to another")
RECORDS_LAST = then(r"whatever Clever goes on sharing keeps its record")
UNCHANGED = then(rf"the app is as it was on {SINCE}")
REST_UNCHANGED = then(rf"whatever did not change at Clever is as it was on {SINCE}")
UNTOUCHED = then(rf"no other district's sync has changed it since {SINCE}")
LESSONS_KEPT = then(r"every lesson still belongs to whoever finished it")
LESSONS_SHOWN = then(r"every lesson is in the app after it was finished")

_ALL_HELD = rf"all that the app held (?:on {SINCE}|before) is"

STILL_IN_USE = then(rf"{_ALL_HELD} still in use")
IN_USE_AGAIN = then(rf"{_ALL_HELD} in use again")
KEPT = then(rf"{_ALL_HELD} kept")

EVERY_DAY = then(
    r"every day (?P<what>all that is new is in use"
    r"|names, links and addresses are as Clever shares them"
    r"|all that Clever still shares, or shares again, is in use"
    r"|all that Clever no longer shares is archived, not lost"
    r"|nothing is in use that Clever has never shared"
    r"|every section has the teachers and students Clever names"
    r"|every user belongs to the schools Clever names"
    r"|every user has the roles Clever names"
    r"|every contact belongs to the students Clever names"
    r"|each role is at its own schools"
    r"|events have led to what Clever shares)"
)
"""Of every district, on every calm day after its first."""
AFTER_FAULTS = then(r"no difference from what Clever shares is left of a fault day")
NO_WORK_TWICE = then(r"no piece of work is there twice")
