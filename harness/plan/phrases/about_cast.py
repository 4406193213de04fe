"""`Then` steps about the people and records of an edge case."""

from __future__ import annotations

from harness.plan.phrases.phrase import SECTION, SINCE, WHO, then

ACTIVE = then(rf"the app holds {WHO} as active")
LIKE_OTHERS = then(rf"the app holds {WHO} like (?:anyone else|any other)")
ARCHIVED = then(rf"{WHO} (?:is|are) archived, not lost")
FORMER = then(rf"the former (?P<who>.+?) of {SINCE} (?:is|are) archived, not lost")
WAITED_FOR = then(rf"{WHO} (?:was|were) waited for as long as declared")
RESTORED = then(rf"{WHO} (?:is|are) active again")
SAME_ACCOUNT = then(rf"{WHO} (?:has|have) the same account as on {SINCE}")
MATCHED = then(rf"{WHO} (?:keeps|keep) the existing account")
ONLY_THEIRS = then(r"nobody but (?P<who>.+) gets that account")
NOT_TAKEN = then(rf"{WHO} (?:does|do) not get that account")
KEEPS_LESSON = then(rf"{WHO} still (?:has|have) the lesson of {SINCE}")
HELD_ONCE = then(rf"{WHO} (?:is|are) held once")
TWO_ACCOUNTS = then(rf"{WHO} are separate (?:accounts|records)")
NO_ACCOUNT = then(rf"the app has no account of {WHO}")
BELONGS = then(rf"{WHO} (?:belongs|belong) to the (?P<what>schools|students) Clever names")
HAS = then(
    rf"{WHO} (?:has|have) the (?P<what>roles|name|e-mail address|grade) Clever (?:names|gives)"
)
ROLE_SCHOOLS = then(rf"{WHO} (?:has|have) each role at the schools Clever names")
MEMBERS = then(rf"the (?P<what>students|teachers) of {SECTION} are those Clever names")
PRIMARY_FIRST = then(rf"the primary teacher of {SECTION} is listed first")
LINKS = then(rf"{SECTION} has the school, course and term Clever names")
