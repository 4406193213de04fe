"""Manual edits: what teachers and administrators change by hand in Lantern Reader.

Our policy: groups and users made here are ours, and no sync touches them. Sections are Clever's:
a student can be added or taken out and the class renamed for a day, and the next sync puts it
right. Roles come from Clever alone.
"""

from __future__ import annotations

from harness.contract.edit import Edit, EditKind
from harness.demo.store import Store


class ManualEdits:
    """The forms of one district."""

    def __init__(self, store: Store, district: str) -> None:
        self.store, self.district = store, district

    def make(self, edit: Edit) -> None:
        """Raises LookupError for somebody unknown, PermissionError for what we do not allow."""
        match edit.kind:
            case EditKind.ADD_ROLE:
                self.add_role(self.user(edit.user), edit.role)
            case EditKind.CREATE_USER:
                self.create_user(edit.name)
            case EditKind.CREATE_GROUP | EditKind.SPLIT_SECTION:
                self.create_group(edit.name, [self.user(user) for user in edit.users])
            case EditKind.ADD_STUDENT:
                self.add_student(self.section(edit.section), self.user(edit.user))
            case EditKind.REMOVE_STUDENT:
                self.remove_student(self.section(edit.section), self.user(edit.user))
            case EditKind.RENAME_SECTION:
                self.rename_section(self.section(edit.section), edit.name)

    def add_role(self, user: int, role: str) -> None:
        raise PermissionError("roles come from Clever alone")

    def create_user(self, name: str) -> None:
        self.store.insert("users", {"district_id": self.row, "first_name": name})

    def create_group(self, name: str, users: list[int]) -> None:
        """A subgroup of a section is a reading group like any other."""
        group = self.store.insert("groups", {"district_id": self.row, "name": name})
        for user in users:
            self.store.insert("group_members", {"group_id": group, "user_id": user})

    def add_student(self, section: int, user: int) -> None:
        self.store.insert("members", {"section_id": section, "user_id": user, "role": "student"})

    def remove_student(self, section: int, user: int) -> None:
        self.store.db.execute(
            "DELETE FROM members WHERE section_id = ? AND user_id = ? AND role = 'student'",
            (section, user),
        )

    def rename_section(self, section: int, name: str) -> None:
        self.store.write("sections", section, {"name": name})

    @property
    def row(self) -> int:
        return self.store.connect(self.district)

    def user(self, clever_id: str) -> int:
        return self.in_use(self.store.user(self.district, clever_id), clever_id)

    def section(self, clever_id: str) -> int:
        query = "SELECT id FROM sections WHERE clever_id = ? AND NOT archived"
        return self.in_use(self.store.value(query, clever_id), clever_id)

    def in_use(self, row: int | None, clever_id: str) -> int:
        if row is None:
            raise LookupError(f"Lantern Reader has nothing in use called {clever_id}")
        return row
