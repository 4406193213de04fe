"""Mutants of the demo vendor that mistake one person for another, or for nobody they know."""

from __future__ import annotations

from collections.abc import Mapping

from harness.demo.listing import Listing, mutant

MUTANTS: Mapping[str, Listing] = {
    # By what people are found
    "keyed-on-legacy-id": mutant(
        "identity:KeyedOnLegacyId",
        "who gives up teaching has a second account",
        "finds employees by the `legacy_id` of their first role instead of Clever id",
    ),
    "keyed-on-created": mutant(
        "identity:KeyedOnCreated",
        "who is created anew has a second account",
        "finds users by Clever id and `created`",
    ),
    # Who agrees with somebody else
    "loses-leading-zeros": mutant(
        "twins:LosesLeadingZeros",
        "a student whose number begins with zeros has no account",
        "takes students for the same whose `sis_id` is the same as a number",
    ),
    "one-account-per-number": mutant(
        "twins:OneAccountPerNumber",
        "a teacher whose number a student has has no account",
        "takes users of one number for the same, whatever they are",
    ),
    "merges-same-birthdays": mutant(
        "twins:MergesSameBirthdays",
        "two students of one name and birthday share an account",
        "takes students of one name and `dob` for the same",
    ),
    "one-contact-per-name": mutant(
        "twins:OneContactPerName",
        "a contact whose name somebody else has does not see the child",
        "takes contacts of one name for the same",
    ),
    "needs-unique-usernames": mutant(
        "twins:NeedsUniqueUsernames",
        "a student whose username somebody else has has no account",
        "leaves out students whose `district_username` another student has",
    ),
    # What numbers look like
    "needs-digits-in-numbers": mutant(
        "numbers:NeedsDigitsInNumbers",
        "people whose number has letters have no account",
        "leaves out students and teachers whose `sis_id` is no number",
    ),
    "has-short-numbers": mutant(
        "numbers:HasShortNumbers",
        "people with a very short or a very long number have no account",
        "leaves out students and teachers whose `sis_id` has not 2 to 32 characters",
    ),
    # Who is new to Clever
    "keeps-old-person-active": mutant(
        "newcomers:KeepsOldPersonActive",
        "the account of before can still sign in after a new one has come",
        "archives nobody whose e-mail address somebody has",
    ),
    "stays-locked-out": mutant(
        "newcomers:StaysLockedOut",
        "who comes back with another number cannot sign in",
        "leaves an archived account archived when it is known again under a new Clever id",
    ),
    "loses-work-on-new-number": mutant(
        "newcomers:LosesWorkOnNewNumber",
        "who gets another number finds the account, and it is empty",
        "deletes the work of an account that gets a new Clever id",
    ),
    "matches-again-by-address": mutant(
        "newcomers:MatchesAgainByAddress",
        "a new student finds the work of one who has left",
        "gives newcomers the account of who had their e-mail address before",
    ),
    "refuses-known-addresses": mutant(
        "newcomers:RefusesKnownAddresses",
        "who gets another number has no account",
        "leaves out newcomers whose e-mail address an account already has",
    ),
    "keeps-taken-addresses": mutant(
        "newcomers:KeepsTakenAddresses",
        "two people who swap their addresses get each other's mail",
        "leaves an e-mail address as it was when another account has the new one",
    ),
}
"""Name → the demo with one realistic mistake."""
