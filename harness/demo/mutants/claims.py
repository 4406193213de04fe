"""Vendors who declare what their app does not do."""

from __future__ import annotations

from dataclasses import replace

from harness.contract.claims import YES
from harness.contract.profile import Profile
from harness.demo.adapter import DemoAdapter
from harness.demo.mutants.archiving import NeverArchives, NeverRestores
from harness.demo.mutants.progress import HistoryTiedToSection
from harness.demo.mutants.reading import DropsAdmins, OneSchoolPerStudent, PrimaryTeacherOnly
from harness.demo.mutants.updating import NeverUpdates
from harness.demo.profile import DECLARES, PROFILE


def declaring(claim: str, *said: str) -> Profile:
    return replace(PROFILE, declares={**DECLARES, claim: said})


class ClaimsAnotherVersion(DemoAdapter):
    """The form was filled in before the app moved to 3.1."""

    profile = declaring("api-version", "3.0")


class ClaimsAllUserTypes(DropsAdmins):
    """Everybody is welcome, it says; administrators cannot sign in."""

    profile = declaring("user-types", "student", "teacher", "staff", "district_admin", "contact")


class ClaimsDailySync(NeverUpdates):
    """The job runs every night, and changes nothing that is there."""

    profile = declaring("daily-sync", YES)


class ClaimsArchiving(NeverArchives):
    """Leavers are archived, says the form that nobody tried out."""

    profile = declaring("archives", YES)


class ClaimsRestoring(NeverRestores):
    """Who comes back is restored, by the support, on request."""

    profile = declaring("restores", YES)


class ClaimsCoTeachers(PrimaryTeacherOnly):
    """Co-teachers are supported: they can be invited."""

    profile = declaring("co-teachers", YES)


class ClaimsSeveralSchools(OneSchoolPerStudent):
    """Several schools are supported: employees have them."""

    profile = declaring("several-schools", YES)


class ClaimsKeptProgress(HistoryTiedToSection):
    """No work is ever deleted, unless its class is."""

    profile = declaring("keeps-progress", YES)
