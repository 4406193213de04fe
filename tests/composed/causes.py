"""Which likely cause is named first of composed apps with one mistake."""

from __future__ import annotations

from collections.abc import Mapping

CAUSES: Mapping[str, str] = {
    "reading=first-page": "first-page-only",
    "reading=by-school": "list-narrowed",
    "key=email": "looked-up-by:email",
    "tenancy=row-per-role": "row-per-role",
    "tenancy=row-per-school": "row-per-school",
    "tenancy=row-per-child": "row-per-child",
    "absence=delete": "deletes-instead-of-archiving",
    "absence=nothing": "keeps-active",
    "absence=second-time": "a-sync-late",
    "returning=new-account": "new-record-for-known",
    "returning=stay-archived": "never-restores",
    "memberships=add-only": "never-removes:teacher",
    "teachers=primary": "fixed-number:teacher",
    "places=of-person": "schools-of-all-roles",
    "values=first-seen": "never-updates",
    "failure=stop": "sync-breaks-down",
    "failure=as-empty": "failure-as-empty",
    "report=completed": "says-completed",
    "requires=email": "odd-value:email",
    "work=enrollment": "work-tied-to-class",
}
"""App → its likely cause, which mutants have as well: they share no code with it."""
