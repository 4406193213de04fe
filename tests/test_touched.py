"""`./check --touched` chooses the tests of what changed: those it is mirrored and imported by."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from touched import Tree, affected_by, apps_with_code_in, changed

FILES = {
    "harness/session.py": "",
    "harness/plan/compile.py": "",
    "harness/plan/words/verbs.py": "",
    "tests/conftest.py": "",
    "tests/plan/conftest.py": "",
    "tests/plan/test_compile.py": "from harness.plan.compile import compile_plan",
    "tests/plan/test_calendar.py": "",
    "tests/cli/test_export.py": "def test():\n    from harness.plan import compile",
    "tests/rows.py": "from harness.session import record",
    "tests/tables.py": "from rows import row",
    "tests/cli/test_rows.py": "import tables",
    "tests/test_documentation.py": "",
    "tests/test_catalogue.py": "",
}
PLAN = {"tests/plan/test_compile.py", "tests/plan/test_calendar.py"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Tree(tmp_path)


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("harness/plan/compile.py", {*PLAN, "tests/cli/test_export.py"}),
        ("harness/plan/words/verbs.py", PLAN),
        ("harness/plan/deleted.py", PLAN),
        ("tests/plan/test_compile.py", {"tests/plan/test_compile.py"}),
        ("tests/plan/conftest.py", PLAN),
        ("tests/rows.py", {"tests/cli/test_rows.py"}),
        ("README.md", {"tests/test_documentation.py"}),
        ("edge_cases/student-returns.yaml", {*PLAN, "tests/test_catalogue.py"}),
    ],
)
def test_a_changed_file_is_tested_where_it_is_mirrored_and_imported(
    tree: Tree, path: str, tests: set[str]
) -> None:
    assert affected_by(path, tree) == tests


@pytest.mark.parametrize("path", ["pyproject.toml", "harness/session.py", "tests/test_gone.py"])
def test_what_is_mirrored_nowhere_asks_for_all_tests(tree: Tree, path: str) -> None:
    assert affected_by(path, tree) == set()


def test_what_is_committed_edited_deleted_and_new_has_changed(tree: Tree) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        subprocess.run(["git", *who, *words], cwd=tree.root, check=True, capture_output=True)

    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "--message=main")
    git("checkout", "-b", "branch")
    (tree.root / "tests/rows.py").write_text("committed = True")
    git("commit", "--all", "--message=branch")
    (tree.root / "tests/tables.py").write_text("edited = True")
    (tree.root / "tests/plan/test_calendar.py").unlink()
    (tree.root / "new.py").write_text("")

    began, files = changed(tree.root)

    assert len(began) == 40
    assert files == ["new.py", "tests/plan/test_calendar.py", "tests/rows.py", "tests/tables.py"]


def test_the_apps_with_code_in_a_changed_file_are_those_that_inherit_from_it() -> None:
    waiting = apps_with_code_in(["tests/variants/waiting.py", "README.md"])

    assert {"archives-after-a-week", "waits-for-classes-for-ever"} <= set(waiting)
    assert "hard-delete" not in waiting
    assert apps_with_code_in(["tests/rehearsing.py", "tests/variants/README.md"]) == []
