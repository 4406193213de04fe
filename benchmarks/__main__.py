"""`python -m benchmarks [shelves|http] [--seconds S] [--large N]`: ratios, measured in one run."""

from __future__ import annotations

import argparse

from benchmarks import http, shelves


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="?", choices=("shelves", "http"))
    parser.add_argument("--seconds", type=float, default=1.0, help="of load per server and round")
    parser.add_argument(
        "--large", type=int, default=shelves.LARGE, help="users of a large district"
    )
    asked = parser.parse_args()
    if asked.which != "http":
        for line in shelves.compare(asked.large):
            print(line, flush=True)
    if asked.which != "shelves":
        for line in http.compare(asked.seconds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
