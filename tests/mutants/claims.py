"""Vendors who declare what their app does not do."""

from __future__ import annotations

from dataclasses import replace

from mutants.reading import DropsAdmins
from mutants.updating import NeverUpdates

from harness.contract.declarations import YES
from harness.contract.profile import Profile
from harness.demo.adapter import DemoAdapter
from harness.demo.mutants.keeping import HistoryTiedToSection, NeverRestores
from harness.demo.mutants.reading import OneSchoolPerStudent, PrimaryTeacherOnly
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import mutant


def declaring(claim: str, *said: str) -> Profile:
    return replace(PROFILE, declares={**DECLARES, claim: said})


@mutant(
    "claims-another-version",
    sees="the questionnaire names the wrong version",
    mistake="declares version 3.0 and asks for 3.1",
    cause="contradicts-declarations",
    breaks={"D1"},
)
class ClaimsAnotherVersion(DemoAdapter):
    """The form was filled in before the app moved to 3.1."""

    profile = declaring("api-version", "3.0")


@mutant(
    "claims-all-user-types",
    sees="administrators are promised accounts and have none",
    mistake="declares accounts for everybody and leaves out administrators",
    cause="role-left-out",
    breaks={"R2", "D1", "G3"},
    blocks={"R5", "R6", "R9", "G2", "G8"},
)
class ClaimsAllUserTypes(DropsAdmins):
    """Everybody is welcome, it says; administrators cannot sign in."""

    profile = declaring("user-types", "student", "teacher", "staff", "district_admin", "contact")


@mutant(
    "claims-daily-sync",
    sees="districts are promised current data and see old names",
    mistake="declares that every sync brings data up to date, and changes no value",
    cause="never-updates",
    breaks={"R5", "D1"},
    blocks={"T6"},
)
class ClaimsDailySync(NeverUpdates):
    """The job runs every night, and changes nothing that is there."""

    profile = declaring("daily-sync", YES)


@mutant(
    "claims-restoring",
    sees="who comes back is said to be restored and stays locked out",
    mistake="declares restoring, and leaves archived what comes back",
    cause="never-restores",
    breaks={"R6", "D1"},
    blocks={"R5", "R8", "R9", "G2", "G4", "G6", "T7"},
)
class ClaimsRestoring(NeverRestores):
    """Who comes back is restored, by the support, on request."""

    profile = declaring("restores", YES)


@mutant(
    "claims-co-teachers",
    sees="co-teachers are promised their class and do not see it",
    mistake="declares co-teachers, and keeps the primary teacher",
    cause="fixed-number:teacher",
    breaks={"R9", "D1"},
)
class ClaimsCoTeachers(PrimaryTeacherOnly):
    """Co-teachers are supported: they can be invited."""

    profile = declaring("co-teachers", YES)


@mutant(
    "claims-several-schools",
    sees="a second school is promised and missing",
    mistake="declares several schools, and keeps one per student",
    cause="fixed-number:school",
    breaks={"D1", "G2"},
)
class ClaimsSeveralSchools(OneSchoolPerStudent):
    """Several schools are supported: employees have them."""

    profile = declaring("several-schools", YES)


@mutant(
    "claims-kept-progress",
    sees="work is promised to be kept and is lost",
    mistake="declares that work is kept, and deletes it with the class",
    cause="work-tied-to-class",
    breaks={"R8", "D1"},
)
class ClaimsKeptProgress(HistoryTiedToSection):
    """No work is ever deleted, unless its class is."""

    profile = declaring("keeps-progress", YES)
