"""Rehearses composed apps on demand: all pairs, drawn ones, or one by its policies.

`PYTHONPATH=.:tests python -m composed --random 100 --seed 1` plays the apps of seeds 1 to 100.
Every app has a seed of its own, so `--seed 58` goes on where a run was broken off.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from composed.comparing import compared
from composed.known import unexplained
from composed.pairs import all_pairs
from composed.policies import DIMENSIONS, Policies, drawn, parse


def main() -> int:
    """How many disagreements there were, as an exit code: 0 or 1."""
    arguments = _arguments()
    began, apps, found, known = time.monotonic(), 0, 0, 0
    for name, policies in _chosen(arguments):
        apps += 1
        result = compared(policies)
        news = unexplained(result.disagreements)
        known += len(result.disagreements) - len(news)
        untrue = (*result.untrue, *result.answers)
        wrong = [str(one) for one in news]
        wrong += [f"{policies}: not as on paper on {day}" for day in result.unlike]
        wrong += [f"{policies}: untrue: {sentence}" for sentence in untrue]
        found += len(wrong)
        if arguments.known:
            wrong = [str(one) for one in result.disagreements if one not in news] + wrong
        for line in wrong or [f"{policies}: agreed"]:
            print(f"{name}: {line}")
        sys.stdout.flush()
    print(
        f"{apps} apps, {found} disagreements, {known} known ones, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="composed", description=__doc__)
    parser.add_argument("--random", type=int, default=0, metavar="N", help="how many seeds")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the first seed")
    parser.add_argument("--pairs", action="store_true", help="the covering set of the tests")
    parser.add_argument("--known", action="store_true", help="print known disagreements too")
    parser.add_argument("policies", nargs="*", help="`right`, or such as reading=by-role,key=email")
    return parser.parse_args()


def _chosen(arguments: argparse.Namespace) -> Iterator[tuple[str, Policies]]:
    for text in arguments.policies:
        yield "given", parse(text)
    if arguments.pairs:
        for number, row in enumerate(all_pairs(DIMENSIONS), start=1):
            yield f"pair {number}", Policies(**row)
    for seed in range(arguments.seed, arguments.seed + arguments.random):
        yield f"seed {seed}", drawn(seed)


if __name__ == "__main__":
    sys.exit(main())
