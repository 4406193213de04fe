"""Glossary: the terms of a report, for a vendor who reads one for the first time.

`docs/glossary.md` has the same rows; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, str] = {
    "act": (
        "Something people do in your app during the rehearsal: finish a lesson, create an "
        "account, make a manual edit."
    ),
    "adapter": (
        "The thin piece of your code through which rosterready drives your app and reads what "
        "it holds."
    ),
    "archived": (
        "Inactive but kept: the record and the work that belongs to it stay in your app until "
        "it returns."
    ),
    "attestation": (
        "Your written statement that a requirement is met, for what a rehearsal cannot observe."
    ),
    "blocked": (
        "The check could not be judged because something it depends on failed. It links to "
        "that finding."
    ),
    "check": "One scenario, judged from the recording.",
    "contradicted": (
        "An answer or a declaration of yours that does not agree with what was observed."
    ),
    "control group": (
        "Ordinary people who belong to no edge case. Nothing about them should change by accident."
    ),
    "declaration": (
        "What you state about your app in `rosterready.toml`, such as data it does not hold. "
        "The rehearsal checks it."
    ),
    "edge case": (
        "One situation that certification asks about, such as a student who leaves and "
        "returns, with invented people of its own."
    ),
    "evidence": (
        "How an outcome is known: observed (read back from the app), inferred (from traffic "
        "or a later snapshot), self-reported or attested."
    ),
    "fault day": "A day on which the simulated Clever fails on purpose while your app syncs.",
    "finding": "One difference between what your app should hold or do and what was observed.",
    "incomplete": (
        "Verdict of a rehearsal in which no MUST requirement is known to be broken, but at "
        "least one is not proven."
    ),
    "likely cause": "The most probable reason for a group of findings, with its fix.",
    "local record": "A user or group that was created in your app and is unknown to Clever.",
    "not applicable": (
        "The check does not concern your app, because of a declaration or because the fault "
        "hit none of its requests."
    ),
    "not proven": (
        "The rehearsal could not gather the evidence for a requirement. It does not count as met."
    ),
    "partial": (
        "Only some edge cases or requirements were selected, so there is no verdict on the "
        "app as a whole."
    ),
    "recording": (
        "The file with everything that was shared, requested and held. `rosterready judge` "
        "repeats the verdict from it."
    ),
    "rehearsal": (
        "One run of rosterready: a compressed school year played to your app, then judged."
    ),
    "requirement": "A rule that your app must (MUST) or should (SHOULD) follow, with its source.",
    "rollover": (
        "The change from one school year to the next: new terms and sections, and students "
        "move up a grade."
    ),
    "seed, salt": (
        "Two values that determine the invented people and their IDs. The same pair repeats a "
        "rehearsal."
    ),
    "snapshot": "What your app holds for one district at one moment, as the adapter returns it.",
    "student relationship": "The link from a contact, such as a parent, to a student.",
    "sync": "One run of your app's synchronization with Clever.",
    "waiver": (
        "Your decision to accept a failing check for up to 90 days, with a reason and an owner."
    ),
}
"""Term → what it means, in one or two sentences."""
