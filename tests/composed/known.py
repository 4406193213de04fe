"""Known disagreements between oracle and harness: each stands until one of them is corrected.

An entry whose example does not show it any more fails the tests: delete it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from composed.comparing import Disagreement
from composed.policies import Policies


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One kind of disagreement."""

    requirement: str
    state: str
    """What the harness says."""
    where: Mapping[str, tuple[str, ...]]
    """Dimension → values with which it can show, all dimensions at once."""
    example: str
    """The policies of a small app that shows it."""
    why: str
    """What the harness should see, or the oracle."""

    def covers(self, one: Disagreement) -> bool:
        """Whether this is what a disagreement is."""
        same = (one.requirement, one.state) == (self.requirement, self.state)
        return same and self.shows(one.policies)

    def shows(self, policies: Policies) -> bool:
        """Whether an app has these policies."""
        has = asdict(policies)
        return all(has[name] in values for name, values in self.where.items())


KNOWN: tuple[Known, ...] = ()


def unexplained(found: Iterable[Disagreement]) -> list[Disagreement]:
    """Those of the disagreements that are not known."""
    return [one for one in found if not any(known.covers(one) for known in KNOWN)]
