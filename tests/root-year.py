#!/usr/bin/env python3
"""Make a year of root@ mail out of the samples: as many mails as asked for, over 200 hosts, problems that come and go, and strangers among them.

usage: root-year.py make SAMPLES MBOX TRUTH [COUNT [SEED]]   the mails, and "message-id TAB problem" a line
       root-year.py run COMMAND...                           its output, and on standard error "SECONDS s, MEGABYTES MB at most"

The samples of a folder that begin with `one` are of one problem, each other one is of its own. A stranger's mail is a sample word for word, but
comes from outside: its problem is another one.
"""
import email.utils
import glob
import json
import os
import random
import re
import resource
import subprocess
import sys
import time

YEAR, START, HOSTS, STRANGERS = 365 * 86400, 1893456000, 200, 0.02


def read_samples(folder):
    """Problem, text without transfer headers, the host's name in it."""
    samples = []
    for path in sorted(glob.glob(f"{folder}/*/*.eml")):
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            head, body = re.split(r"\r?\n\r?\n", file.read(), maxsplit=1)
        with open(path[:-4] + ".expect", encoding="utf-8") as file:
            root = json.load(file)["root"]
        kind, name = path[:-4].split("/")[-2:]
        head = re.sub(r"^(Received|Date|Message-ID):.*\n([ \t].*\n)*", "", head + "\n", flags=re.M | re.I).rstrip("\n")
        problem = kind if name.startswith("one") else f"{kind}/{name}"
        samples.append((problem, head, body, (root["host"] or "").split(".")[0]))
    return samples


def times_of(rng, n):
    """When a problem comes: always, or in a few spells of some weeks."""
    if rng.random() < 0.3:
        return [START + rng.randrange(YEAR) for _ in range(n)]
    spells = [(rng.randrange(YEAR), rng.randrange(7, 40) * 86400) for _ in range(rng.randrange(1, 4))]
    return [START + (start + rng.randrange(length)) % YEAR for start, length in rng.choices(spells, k=n)]


def plan(rng, samples, count):
    """(time, sample, host number, whether a stranger sent it), in order."""
    problems = sorted({sample[0] for sample in samples})
    weights = {problem: 1 / (1 + rng.randrange(20)) for problem in problems}
    share = {problem: max(4, int(count * weights[problem] / sum(weights.values()))) for problem in problems}
    mails = []
    for problem in problems:
        own, hosts = [sample for sample in samples if sample[0] == problem], rng.sample(range(HOSTS), rng.randrange(1, HOSTS))
        mails += [(when, rng.choice(own), rng.choice(hosts), rng.random() < STRANGERS) for when in times_of(rng, share[problem])]
    return sorted(mails, key=lambda mail: mail[0])


def make(folder, mbox, truth, count=60000, seed=7):
    rng = random.Random(seed)
    with open(mbox, "w", encoding="utf-8", errors="surrogateescape") as box, open(truth, "w", encoding="utf-8") as facts:
        for number, (when, (problem, head, body, host), to, is_strange) in enumerate(plan(rng, read_samples(folder), count)):
            stamp, name, identity = email.utils.formatdate(when), f"node{to:03}", f"{number}.{seed}@example.net"
            if len(host) > 2:
                head, body = (re.sub(rf"\b{re.escape(host)}\b", name, text) for text in (head, body))
            client = f"{name} (evil.example [203.0.113.{to}])" if is_strange else f"{name} (unknown [10.0.0.{to}])"
            box.write(f"From root@example.net {time.strftime('%a %b %d %H:%M:%S %Y', time.gmtime(when))}\n"
                      f"Received: from {client} by mx1.example.net (Postfix) with ESMTP id {number}; {stamp}\n"
                      f"{head}\nDate: {stamp}\nMessage-ID: <{identity}>\n\n" + re.sub(r"^From ", ">From ", body.rstrip("\n"), flags=re.M) + "\n\n")
            facts.write(f"{identity}\t{'stranger ' if is_strange else ''}{problem}\n")


def run(command):
    began = time.monotonic()
    status = subprocess.run(command).returncode
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{time.monotonic() - began:.1f} s, {most:.0f} MB at most", file=sys.stderr)
    sys.exit(status)


def main():
    if sys.argv[1:2] == ["make"] and len(sys.argv) > 4:
        make(*sys.argv[2:5], *map(int, sys.argv[5:7]))
    elif sys.argv[1:2] == ["run"]:
        run(sys.argv[2:])
    else:
        sys.exit(__doc__)


main()
