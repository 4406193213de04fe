"""Ways of following events that differ in what they make of a feed that breaks off."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant, variant

MUTANTS: Mapping[str, Listing] = {
    # What broke off
    "advances-its-cursor-first": mutant(
        "catching_up:AdvancesItsCursorFirst",
        "who came or left in a bad night is never dealt with",
        "stores the newest event as its cursor before it has read and applied what leads there",
    ),
    "skips-what-broke-off": mutant(
        "catching_up:SkipsWhatBrokeOff",
        "who came or left in a bad night is never dealt with",
        "takes the newest event for its cursor when events could not be read",
    ),
    "keeps-its-cursor-in-memory": mutant(
        "catching_up:KeepsItsCursorInMemory",
        "what happened before a restart is never dealt with",
        "forgets its cursor when its worker ends with an error, and goes on with the newest event",
    ),
    "applies-the-rest-later": mutant(
        "catching_up:AppliesTheRestLater",
        "after a bad night people have old addresses again",
        "keeps events it has read before they broke off, and applies them after those that follow",
    ),
    # What comes again
    "applies-newest-first": mutant(
        "catching_up:AppliesNewestFirst",
        "people have addresses that were put right long ago",
        "applies the events of a sync from the newest to the oldest",
    ),
    "creates-again-what-it-met": mutant(
        "catching_up:CreatesAgainWhatItMet",
        "students have two accounts after a bad night",
        "creates an account for an event `users.created` although there is one in use",
    ),
    "trips-over-known-records": mutant(
        "catching_up:TripsOverKnownRecords",
        "after a bad night nothing is updated any more",
        "takes for granted that it does not hold what is created",
    ),
    "trips-over-what-is-gone": mutant(
        "catching_up:TripsOverWhatIsGone",
        "after a bad night nothing is updated any more",
        "takes for granted that it holds what is deleted",
    ),
    "purges-what-is-deleted-twice": mutant(
        "catching_up:PurgesWhatIsDeletedTwice",
        "who has left is deleted with all work after a bad night",
        "deletes who is archived already when an event `users.deleted` comes again",
    ),
    "trips-over-unknown-updates": mutant(
        "catching_up:TripsOverUnknownUpdates",
        "one record that was never read, and nothing is updated any more",
        "ends the sync at an update of a record that it does not hold",
    ),
}
"""Name → the demo following events with one realistic mistake."""

VARIANTS: Mapping[str, Listing] = {
    "applies-page-by-page": variant(
        "catching_up:AppliesPageByPage", "it applies every page of events, and its cursor with it"
    ),
    "applies-again": variant(
        "catching_up:AppliesAgain", "it applies events again when they broke off"
    ),
    "reads-touched-records": variant(
        "catching_up:ReadsTouchedRecords", "it reads every record that an event names"
    ),
    "starts-over": variant(
        "catching_up:StartsOver", "after events that broke off it makes a full sync"
    ),
}
"""Name → the demo following events differently and rightly."""
