"""Pages for people, from the templates; whatever a district's data says is escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from harness.resources import TEMPLATES
from harness.simulator.http.message import Header, Response

if TYPE_CHECKING:
    from jinja2 import Environment

_ROLES = {"staff": "school staff", "district_admin": "district admin"}
_HEADERS: tuple[Header, ...] = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


def role_name(role: str) -> str:
    """A role as people say it."""
    return _ROLES.get(role, role)


@cache
def _environment() -> Environment:
    # Imported when the first page is shown: most runs of a simulator show none.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["role_name"] = role_name
    return made


def page(template: str, *, status: int = 200, policy: str = _POLICY, **values: object) -> Response:
    """A template of `reports/templates` filled in."""
    text = _environment().get_template(template).render(**values)
    headers = [*_HEADERS, (b"content-security-policy", policy.encode())]
    return Response(status, headers, text.encode())
