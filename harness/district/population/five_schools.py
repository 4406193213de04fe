"""The five schools of the common district, their grade ranges, and where a child goes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.district.data_model.records import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlan:
    """What is fixed about a school, whatever the seed."""

    key: str
    name: str
    low: str
    high: str
    usual_grade: str
    """The grade of a cast student without one: low enough not to leave the school at rollover."""
    location: Location
    phone: str
    principal: str
    """Schools with one principal share this key."""
    next: str | None = None
    """Where those go who have finished the last grade; None when they leave the district."""


_BEACH = Location(address="48 Old Beach Road", city="Marlow Beach", state="NY", zip="11697")

SCHOOLS: Mapping[str, SchoolPlan] = {
    plan.key: plan
    for plan in (
        SchoolPlan(
            key="elementary",
            name="Juniper Street Elementary School",
            low="TransitionalKindergarten",
            high="5",
            usual_grade="2",
            location=Location(address="7 Juniper Street", city="Marlow", state="NY", zip="11695"),
            phone="(718) 555-0117",
            principal="elementary",
            next="middle",
        ),
        SchoolPlan(
            key="middle",
            name="Marlow Beach Middle School",
            low="6",
            high="8",
            usual_grade="6",
            location=_BEACH,
            phone="(718) 555-0148",
            principal="middle",
            next="high",
        ),
        # As in Certification ISD: same name stem, address, phone and principal as its neighbour.
        SchoolPlan(
            key="campus",
            name="Marlow Beach Middle School Campus 2",
            low="5",
            high="8",
            usual_grade="6",
            location=_BEACH,
            phone="(718) 555-0148",
            principal="middle",
            next="high",
        ),
        SchoolPlan(
            key="high",
            name="Marlow City High School",
            low="9",
            high="12",
            usual_grade="9",
            location=Location(address="900 Harbor Avenue", city="Marlow", state="NY", zip="11690"),
            phone="(718) 555-0190",
            principal="high",
        ),
        SchoolPlan(
            key="academy",
            name="Alder Academy",
            low="7",
            high="10",
            usual_grade="8",
            location=Location(address="12 Alder Lane", city="Marlow", state="NY", zip=""),
            phone="",
            principal="academy",
            next="high",
        ),
    )
}
