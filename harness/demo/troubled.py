"""What is listed of the demo vendor about days on which Clever is unwell; see `catalogue`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing
from harness.demo.listing import mutant as _mutant

MUTANTS: Mapping[str, Listing] = {
    "archives-what-it-could-not-read": _mutant(
        "trouble:ArchivesWhatItCouldNotRead",
        "a failure at Clever locks people out",
        "takes a list that broke off for a list that ended",
    ),
    "takes-failure-for-an-end": _mutant(
        "trouble:TakesFailureForAnEnd",
        "every hiccup of Clever's locks people out",
        "takes a failed request for the end of a list, without asking again",
    ),
    "takes-no-list-for-an-empty-one": _mutant(
        "trouble:TakesNoListForAnEmptyOne",
        "one odd answer of Clever's locks people out",
        "reads a body that is empty or has no list as a list without records",
    ),
    "loses-patience": _mutant(
        "trouble:LosesPatience",
        "a slow answer of Clever's locks people out",
        "takes an answer that does not come at once for an empty list",
    ),
    "says-it-went-well": _mutant(
        "trouble:SaysItWentWell",
        "nobody learns that the sync has failed",
        "reports every sync as completed",
    ),
    "never-retries": _mutant(
        "trouble:NeverRetries",
        "one failed request, and there is no sync that night",
        "gives up at the first failed request",
    ),
    "retries-at-once": _mutant(
        "trouble:RetriesAtOnce",
        "nothing here; Clever takes longer to recover",
        "repeats a failed request without a pause",
    ),
    "ignores-reset": _mutant(
        "trouble:IgnoresReset",
        "a sync that asks too much stops halfway",
        "repeats a request that met the rate limit before the limit is reset",
    ),
    "never-stops": _mutant(
        "trouble:NeverStops",
        "one sync runs all night, and all others wait",
        "repeats a failed request until it works",
    ),
    "retries-refusals": _mutant(
        "trouble:RetriesRefusals",
        "nothing here; Clever is asked in vain",
        "repeats a request that was refused with 404",
    ),
    "stops-at-one-missing-record": _mutant(
        "trouble:StopsAtOneMissingRecord",
        "one class that cannot be read, and nobody is synced",
        "ends the sync when a single section answers 404",
    ),
    "waits-for-a-person": _mutant(
        "trouble:WaitsForAPerson",
        "after a failed sync there is none until somebody calls",
        "switches a district off when its sync has failed",
    ),
}
"""Name → the demo with one realistic mistake."""
