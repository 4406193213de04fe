"""The login page: pick a district, then a person, then perhaps confirm.

Clever's own pages are not documented, and apps never read them; these only have to be usable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from harness.district.data_model.records import roles_of
from harness.simulator.http.message import HttpError, Response
from harness.simulator.http.pages import page
from harness.simulator.login.authorization_request import LOGIN, AuthorizationRequest, LoginError
from harness.simulator.login.person import Person, people_of
from harness.simulator.roster.paging import Query

if TYPE_CHECKING:
    from harness.simulator.access.logins import SignIn
    from harness.simulator.routing.clever import Clever

_ON_A_PAGE = 20


def error(problem: LoginError) -> Response:
    """What went wrong, for the person who sees it and the developer behind them."""
    return page(
        "login/mistake.html", status=problem.status, message=problem.message, advice=problem.advice
    )


def districts(clever: Clever, asked: AuthorizationRequest) -> Response:
    """The districts in play, each a link."""
    return page("login/districts.html", districts=list(_districts(clever, asked)))


def _districts(clever: Clever, asked: AuthorizationRequest) -> Iterator[dict[str, str]]:
    for identity in clever.districts:
        publication = clever.publication(identity)
        if publication is not None:
            chosen = {**asked.parameters(), "district_id": identity}
            yield {
                "id": identity,
                "name": publication.roster.district["name"],
                "href": f"{LOGIN}?{urlencode(chosen)}",
            }


def people(clever: Clever, asked: AuthorizationRequest, query: Query) -> Response:
    """The people who may log in, searched by `q` and `role`, twenty on a page."""
    publication = clever.publication(asked.district)
    assert publication is not None
    wanted, role = query.get("q").strip(), query.get("role")
    matches = list(matching(people_of(clever, asked.client, asked.district), wanted, role))
    number = min(_page_number(query), max(0, len(matches) - 1) // _ON_A_PAGE)
    first = number * _ON_A_PAGE
    shown = matches[first : first + _ON_A_PAGE]
    carried = asked.parameters()

    def link(page_number: int) -> str:
        return f"{LOGIN}?{urlencode({**carried, 'q': wanted, 'role': role, 'page': page_number})}"

    return page(
        "login/people.html",
        district=publication.roster.district["name"],
        carried=carried,
        q=wanted,
        role=role,
        roles=asked.client.login_roles,
        total=len(matches),
        first=first + 1,
        last=first + len(shown),
        people=[_row(person) for person in shown],
        before=link(number - 1) if number else "",
        after=link(number + 1) if first + _ON_A_PAGE < len(matches) else "",
    )


def confirm(asked: AuthorizationRequest, person: Person, signed_in: SignIn) -> Response:
    """ "Is it you?", as a student on a shared device is asked."""
    carried = asked.parameters()
    picked = {"pick": f"{signed_in.user} {signed_in.role}"}
    admin = {"by_admin": "true"} if signed_in.by_admin else {}
    other = f"{LOGIN}?{urlencode(carried)}"
    return page(
        "login/confirm.html", name=person.name, carried={**carried, **picked, **admin}, other=other
    )


def matching(people: Iterable[Person], wanted: str, role: str = "") -> Iterator[Person]:
    """The people with a role (or any) of whom a name, address or id contains what is wanted."""
    words = wanted.casefold().split()
    for person in people:
        if role and role not in person.roles:
            continue
        text = _searched(person)
        if all(word in text for word in words):
            yield person


def _searched(person: Person) -> str:
    user = person.user
    held = roles_of(user).values()
    ids = (str(role.get(name, "")) for role in held for name in ("sis_id", "staff_id"))
    return " ".join((person.name, user.get("email") or "", user["id"], *ids)).casefold()


def _row(person: Person) -> dict[str, object]:
    user = person.user
    grade = roles_of(user).get("student", {}).get("grade") or ""
    return {
        "id": user["id"],
        "name": person.name,
        "email": user.get("email") or "",
        "detail": f"grade {grade}" if grade.isdigit() else grade,
        "roles": person.roles,
    }


def _page_number(query: Query) -> int:
    text = query.get("page") or "0"
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise HttpError(400, "The parameter page must be a number.")
    return int(text)
