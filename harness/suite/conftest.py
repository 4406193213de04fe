"""The step definitions, scoped to this folder: a vendor's scenarios never match them."""

from __future__ import annotations

from harness.suite.steps.about_cast import *  # noqa: F403
from harness.suite.steps.about_everyone import *  # noqa: F403
from harness.suite.steps.about_lasting import *  # noqa: F403
from harness.suite.steps.about_requests import *  # noqa: F403
from harness.suite.steps.about_vendor import *  # noqa: F403
from harness.suite.steps.given import *  # noqa: F403
from harness.suite.steps.when import *  # noqa: F403
