"""`python -m benchmarks [page-stores|http|judging]`: ratios of one run."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import http, judging, page_stores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="?", choices=("page-stores", "http", "judging"))
    parser.add_argument("--seconds", type=float, default=1.0, help="of load per server and round")
    parser.add_argument(
        "--large", type=int, default=page_stores.LARGE, help="users of a large district"
    )
    parser.add_argument(
        "--recording", type=Path, help="a folder with a recording to judge, not one of the demo"
    )
    asked = parser.parse_args()
    if asked.which in (None, "judging"):
        for line in judging.compare(asked.recording):
            print(line, flush=True)
    if asked.which in (None, "page-stores"):
        for line in page_stores.compare(asked.large):
            print(line, flush=True)
    if asked.which in (None, "http"):
        for line in http.compare(asked.seconds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
