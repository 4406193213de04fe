"""Building a district: an ordinary population of some size, with casts placed in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from harness.district.casts.cast import Cast
from harness.district.casts.place import place
from harness.district.data_model.ids import Ids
from harness.district.population.layout import layout_of
from harness.district.population.ordinary_district import ordinary_district
from harness.district.population.sizes import FIVE_SCHOOLS, NEIGHBOUR_SIZE, SMALL, Size
from harness.district.sis.sis import Sis
from harness.errors import DocumentError


def build_district(
    casts: Sequence[Cast],
    *,
    seed: int,
    salt: str,
    run_date: date,
    size: Size = FIVE_SCHOOLS,
    district: str = "common",
) -> Sis:
    """A district with casts in it; the ordinary records do not depend on the casts.

    Raises DocumentError when a cast needs a school this district has not, or two members of casts
    cannot be told apart.
    """
    layout = layout_of(
        Ids(salt=salt, district=district),
        seed=seed,
        run_date=run_date,
        size=size,
    )
    sis = ordinary_district(layout)
    for cast in casts:
        sis = place(sis, cast)
    refuse_equal_ids(sis)
    return sis


def refuse_equal_ids(sis: Sis) -> None:
    """Raises DocumentError when two names of casts hash to one place among a million to a slot."""
    for kept in (sis.people, sis.sections, sis.courses, sis.terms):
        uids: dict[str, str] = {}
        for entry in kept.values():
            first = uids.setdefault(entry.id, entry.uid)
            if first != entry.uid:
                raise DocumentError(
                    f'"{entry.uid}" would have the Clever id of "{first}"',
                    hint="Call one of them something else.",
                )


def build_neighbour(*, seed: int, salt: str, run_date: date) -> Sis:
    """The small district beside the common one.

    Its SIS numbers are the common district's first ones: an app that keys on them takes the two
    for one. Its Clever ids and e-mail addresses are its own.
    """
    return build_district(
        (), seed=seed, salt=salt, run_date=run_date, size=NEIGHBOUR_SIZE, district="neighbour"
    )


def build_small(
    name: str,
    casts: Sequence[Cast] = (),
    *,
    seed: int,
    salt: str,
    run_date: date,
    size: Size = SMALL,
) -> Sis:
    """A small district of two schools, with SIS numbers of its own."""
    return build_district(
        casts, seed=seed, salt=f"{salt} {name}", run_date=run_date, size=size, district=name
    )
