"""Enums: the values Clever allows where it normalises what a district sends."""

from __future__ import annotations

RELATIONSHIPS = ("Parent", "Grandparent", "Self", "Aunt/Uncle", "Sibling", "Other", "")
RELATIONSHIP_TYPES = (
    "Parent/Guardian",
    "Emergency",
    "Primary",
    "Secondary",
    "Family",
    "Other",
    "",
)
PHONE_TYPES = ("Cell", "Home", "Work", "Other", "")
SUBJECTS = (
    "english/language arts",
    "math",
    "science",
    "social studies",
    "language",
    "homeroom/advisory",
    "interventions/online learning",
    "technology and engineering",
    "PE and health",
    "arts and music",
    "other",
    "",
)
GENDERS = ("M", "F", "X", "")
RACES = (
    "Caucasian",
    "Asian",
    "Black or African American",
    "American Indian",
    "Hawaiian or Other Pacific Islander",
    "Two or More Races",
    "Unknown",
    "",
)
YES_NO = ("Y", "N", "")
LUNCHES = ("Free", "Reduced", "Paid", "Other", "")
STAFF_ROLES = ("PortalOnly", "SchoolTechLead")
