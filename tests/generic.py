#!/usr/bin/env python3
"""Score the generic reader: what a program makes of vendors' mails when no filter of theirs is at hand.

usage: generic.py PROGRAM [-v] DIRECTORY...      PROGRAM is ./mailclinic with MAILCLINIC_FILTERS set to filters without vendor/

DIRECTORY holds VENDOR/CASE.eml with the truth beside it: CASE.expect (what `explain --expect` prints) or CASE.json (judged: "maintenances" with
epoch seconds, and "alternatives" that are right as well).

A mail is right if both its ids and its windows are those of the truth; wrong if an id or a window is none of the truth's, or if some but not all
of the windows were found; else something is missing, which is no fault. A reading of more than low confidence is a fault by itself.
The last line is `RIGHT right, WRONG wrong, MISSING missing, SURE over low confidence, of ALL`.
"""
import calendar
import glob
import json
import os
import re
import subprocess
import sys
import time


def epoch(text):
    return None if text is None else calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def fold(text):
    return re.sub(r"[\s#]+", "", text).upper() if text else None


class Truth:
    """ids and windows of a mail, and what else is accepted for either."""

    def __init__(self, path):
        self.path = path
        stem = path[: -len(".eml")]
        if os.path.exists(stem + ".json"):
            self.of_judged(json.load(open(stem + ".json", encoding="utf-8")))
        else:
            self.of_expected(json.load(open(stem + ".expect", encoding="utf-8")))

    def of_expected(self, reading):
        notices = reading["notices"]
        self.ids = {fold(notice["maintenance_id"]) for notice in notices} - {None}
        self.windows = {(epoch(w["start"]), epoch(w["end"])) for notice in notices for w in notice["windows"]}
        self.also_ids, self.also_starts, self.also_ends = set(), set(), set()

    def of_judged(self, case):
        also = case.get("alternatives", {})
        accepted = lambda field: {value for path, values in also.items() if path.split(".")[-1] == field for value in values}
        self.ids = {fold(one["maintenance_id"]) for one in case["maintenances"]} - {None}
        self.windows = {(one["start"], one["end"]) for one in case["maintenances"] if one["start"] or one["end"]}
        self.also_ids = {fold(value) for value in accepted("maintenance_id")}
        self.also_starts, self.also_ends = accepted("start"), accepted("end")

    def is_window(self, window):
        start, end = window
        starts = {one[0] for one in self.windows} | self.also_starts
        ends = {one[1] for one in self.windows} | self.also_ends
        return window in self.windows or (start in starts and end in ends and (start in self.also_starts or end in self.also_ends))

    def judge(self, reading):
        ids = {fold(notice["maintenance_id"]) for notice in reading["notices"]} - {None}
        windows = {(epoch(w["start"]), epoch(w["end"])) for notice in reading["notices"] for w in notice["windows"]}
        if ids - self.ids - self.also_ids:
            return "WRONG id", ids, windows
        if any(not self.is_window(window) for window in windows) or (windows and len(windows) < len(self.windows)):
            return "WRONG windows", ids, windows
        if len(ids) == len(self.ids) and len(windows) == len(self.windows) and reading["notices"]:
            return "right", ids, windows
        return "missing", ids, windows


def main():
    program, *directories = sys.argv[1:]
    verbose = "-v" in directories
    paths = sorted(path for directory in directories if directory != "-v" for path in glob.glob(os.path.join(directory, "*", "*.eml")))
    truths = [Truth(path) for path in paths]
    run = subprocess.run([program, "explain", "--json", *paths], capture_output=True, text=True, check=False)
    lines = run.stdout.splitlines()
    if len(lines) != len(paths):
        sys.exit(f"{len(lines)} readings of {len(paths)} mails: {run.stderr[:500]}")
    count = {"right": 0, "WRONG": 0, "missing": 0}
    sure = 0
    for truth, line in zip(truths, lines):
        reading = json.loads(line)
        verdict, ids, windows = truth.judge(reading)
        count[verdict.split()[0]] += 1
        sure += reading["confidence"] != "low" and bool(reading["notices"])
        if verbose or verdict.startswith("WRONG"):
            print(f"{verdict}: {'/'.join(truth.path.split('/')[-2:])}: {sorted(map(str, ids))} of {sorted(truth.ids)},"
                  f" {sorted(map(str, windows))} of {sorted(map(str, truth.windows))}")
    print(f"{count['right']} right, {count['WRONG']} wrong, {count['missing']} missing, {sure} over low confidence, of {len(paths)}")


if __name__ == "__main__":
    main()
