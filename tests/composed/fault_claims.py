"""Claims about what an app does when answers of Clever fail."""

from __future__ import annotations

from composed.claim import Claim, Claims, Days
from composed.held import Shared, by_clever_id, in_use, same_account
from composed.policies import Policies
from composed.refusals import incomplete

from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON, Day

UNREPORTED = (Day.HTML, Day.EMPTY_BODY, Day.NO_LIST, Day.SERVER_ERRORS)
"""Days on which a sync that could not read everything must say so."""


def failures_remove_nothing(policies: Policies, days: Days) -> Claims:
    """T1: what a failure kept from being read is in use as before."""
    for day in days:
        if day.calm or not day.incomplete:
            continue
        after, before = by_clever_id(day.after), by_clever_id(day.before)
        for record in Shared.on(day, policies).records & day.readable & before.keys():
            if in_use(before[record]) and not in_use(after.get(record, ())):
                yield Claim(day, f"{record} is not in use any more", open=day.single)


def failures_are_retried(policies: Policies, days: Days) -> Claims:
    """T2: a request that met a passing failure is sent again."""
    for day in days:
        if day.day.day == Day.SERVER_ERRORS and day.incomplete and policies.failure != "retry":
            yield Claim(day, "nothing was sent again")


def the_rest_is_synced(policies: Policies, days: Days) -> Claims:
    """T5: one record that is not found keeps nobody else out."""
    for day in days:
        if day.single:
            after, before = by_clever_id(day.after), by_clever_id(day.before)
            new = (Shared.on(day, policies).records & day.readable) - before.keys()
            new -= incomplete(policies, day)  # whom it refuses anyway
            for record in new:
                if not in_use(after.get(record, ())):
                    # Whoever was delivered, and went into somebody else's row, is R1's.
                    taken = policies.key != "clever-id" and record in day.read
                    yield Claim(day, f"{record} is new and not in use", open=taken)


def recovery_repairs(policies: Policies, days: Days) -> Claims:
    """T6: after recovery everything is as if nothing had failed; open where others own the rest."""
    held: Snapshot | None = None
    for day in days:
        if (day.day.district, day.day.day) == (COMMON, Day.RETURNS):
            held = day.acted
        if (day.day.district, day.day.day) == (COMMON, Day.RECOVERY) and held:
            after, before = by_clever_id(day.after), by_clever_id(held)
            for record in Shared.on(day, policies).records & day.read & before.keys():
                if in_use(before[record]) and not (
                    in_use(after.get(record, ())) and same_account(before[record], after[record])
                ):
                    yield Claim(day, f"{record} is not as on returns", open=True)


def failures_are_reported(policies: Policies, days: Days) -> Claims:
    """T7: a sync that could not read everything does not say that it completed."""
    for day in days:
        if day.day.day in UNREPORTED and day.incomplete and policies.report == "completed":
            yield Claim(day, "reported as completed")
