"""Languages: in which an adapter can be begun, and how what is written is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KINDS = ("command", "http", "python", "sql", "file")
WITHOUT_LANGUAGE = {"sql": "queries in the configuration", "file": "a file that your app writes"}
"""Kind → what takes the place of an adapter."""
PORT = 9000
"""Where the endpoints of an `http:` adapter listen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language; its skeleton is in reports/templates/init and needs its standard library."""

    name: str
    file: str
    run: str
    """The command that answers one call."""
    serve: str
    """The command that serves endpoints, with `{port}`."""
    beside: tuple[str, ...] = ()
    """What else is needed to run the skeleton."""


LANGUAGES: Mapping[str, Language] = {
    "python": Language(
        name="Python",
        file="adapter.py",
        run="python3 adapter.py",
        serve="python3 adapter.py serve {port}",
    ),
    "node": Language(
        name="Node.js",
        file="adapter.mjs",
        run="node adapter.mjs",
        serve="node adapter.mjs serve {port}",
    ),
    "ruby": Language(
        name="Ruby",
        file="adapter.rb",
        run="ruby adapter.rb",
        serve="ruby adapter.rb serve {port}",
    ),
    "php": Language(
        name="PHP",
        file="adapter.php",
        run="php adapter.php",
        serve="php -S 127.0.0.1:{port} adapter.php",
    ),
    "go": Language(
        name="Go",
        file="adapter.go",
        run="go run adapter.go",
        serve="go run adapter.go serve {port}",
    ),
    "java": Language(
        name="Java",
        file="Adapter.java",
        run="java Adapter.java",
        serve="java Adapter.java serve {port}",
    ),
    "csharp": Language(
        name="C#",
        file="Adapter.cs",
        run="dotnet run",
        serve="dotnet run -- serve {port}",
        beside=("adapter.csproj",),
    ),
}
CLASS = Language(name="Python", file="adapter.py", run="", serve="")
"""For a `python:` adapter."""
SNAPSHOT = "snapshot.json"
"""What an app exports, for a `file:` adapter."""
