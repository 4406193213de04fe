"""Mutants of the demo vendor whose process dies, or that cannot be asked any more."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    "dies-on-ten-teachers": mutant(
        "dying:DiesOnTenTeachers",
        "nobody can open the app until somebody starts it again",
        "ends its process when a section has more than nine teachers",
    ),
    "dies-when-tokens-change": mutant(
        "dying:DiesWhenTokensChange",
        "nobody can open the app after a district's token was replaced",
        "ends its process when a district has another token than before",
    ),
    "dies-on-a-refusal": mutant(
        "dying:DiesOnARefusal",
        "nobody can open the app after Clever refused one request",
        "ends its process when a list is answered with 401",
    ),
    "dies-when-retries-are-spent": mutant(
        "dying:DiesWhenRetriesAreSpent",
        "nobody can open the app after a night on which Clever was unwell",
        "ends its process when the last of its retries has failed",
    ),
    "dies-in-small-districts": mutant(
        "dying:DiesInSmallDistricts",
        "nobody can open the app once a small district has joined",
        "ends its process when a district has one or two schools",
    ),
    "export-dies-in-summer": mutant(
        "dying:ExportDiesInSummer",
        "a district without classes cannot be looked at",
        "computes an average over the sections of a district, of which there may be none",
    ),
    "fails-when-a-school-closes": mutant(
        "dying:FailsWhenASchoolCloses",
        "nothing is updated from the day a school closes",
        "raises an exception for a school that is no longer shared",
    ),
}
"""Name → the demo with one realistic mistake."""
