"""`python -m benchmarks [page-stores|http] [--seconds S] [--large N]`: ratios of one run."""

from __future__ import annotations

import argparse

from benchmarks import http, page_stores


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="?", choices=("page-stores", "http"))
    parser.add_argument("--seconds", type=float, default=1.0, help="of load per server and round")
    parser.add_argument(
        "--large", type=int, default=page_stores.LARGE, help="users of a large district"
    )
    asked = parser.parse_args()
    if asked.which != "http":
        for line in page_stores.compare(asked.large):
            print(line, flush=True)
    if asked.which != "page-stores":
        for line in http.compare(asked.seconds):
            print(line, flush=True)


if __name__ == "__main__":
    main()
