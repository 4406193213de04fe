"""A vendor who says more of the same app, and nothing that is not so."""

from __future__ import annotations

from dataclasses import replace

from harness.contract.declarations import YES
from harness.demo.adapter import DemoAdapter
from harness.demo.profile import DECLARES, PROFILE
from harness.demo.registry import variant


@variant("declares-everything", "it declares all that can be declared, and all of it is so")
class DeclaresEverything(DemoAdapter):
    """The form is filled in to the last line."""

    profile = replace(
        PROFILE,
        declares={
            **DECLARES,
            "api-version": ("3.1",),
            "user-types": ("student", "teacher", "staff", "district_admin", "contact"),
            "daily-sync": (YES,),
            "archives": (YES,),
            "restores": (YES,),
            "co-teachers": (YES,),
            "several-schools": (YES,),
            "keeps-progress": (YES,),
        },
    )
