#!/usr/bin/env python3
"""Make a week of maint-announce@ out of the samples, and judge what a program makes of it.

usage: week.py make SAMPLES MBOX TRUTH [COUNT [SEED]]     the same arguments make the same bytes
       week.py judge TRUTH READINGS                       READINGS is `replay --format json` of the mailbox; prints `CHECK: FINDINGS` lines

TRUTH has a JSON line a mail, in the mailbox's order: its sort, vendor, ids, windows (epoch seconds), and whether it is for a person by its
nature: held messages, contracts and the like, vendors that no filter knows. Notices that the samples themselves leave in doubt stand in
the week as rarely as among real mail, and are not excused.

The proportions are those of a mailbox that some forty carriers write to. Each mail carries the results of our own mail server (mx1.example.net),
or of a group host that sealed them, as real mail does.
"""
import collections
import datetime
import email
import email.header
import email.utils
import glob
import json
import os
import random
import re
import sys

MONDAY = datetime.date(2031, 9, 1)
SHARES = (  # sort, of a thousand
    ("usual", 620),  # notices that the samples read as certain
    ("reminder", 40),
    ("odd", 22),  # notices that contradict themselves, or lack what others have
    ("duplicate", 40),  # the same mail once more: a second recipient, a list and a person
    ("forward", 12),  # by a colleague
    ("unknown", 30),
    ("dry run", 6),
    ("noise", 200),
    ("request", 30),  # noise filters with `resolution: review`
)
MONTHS = "January February March April May June July August September October November December".split()
MONTH = "(?P<m>" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|Sept)"
FORMS = [
    re.compile(r"(?<![\d.-])(?P<y>20[23]\d)(?P<s>[-/.]?)(?P<n>\d\d)(?P=s)(?P<d>\d\d)(?=T\d|Z|\D|$)"),
    re.compile(r"(?<!\d)(?P<y>20[23]\d)(?P<s>[ -])" + MONTH + r"(?P<t>[ -])(?P<d>\d{1,2})(?!\d)", re.I),
    re.compile(r"(?<![\w.-])(?P<d>\d{1,2})(?P<o>st|nd|rd|th)?(?P<s>[ /-]| of )" + MONTH + r"\b(?P<t>\.?,?[ /-]*)(?P<y>20[23]\d|3\d\b)?", re.I),
    re.compile(r"\b" + MONTH + r"\b(?P<s>\.? )(?P<d>\d{1,2})(?P<o>st|nd|rd|th)?\b(?P<t>,? *)(?P<y>20[23]\d)?(?![:\d])", re.I),
    re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>20[23]\d|3\d)(?![\d/.-]\d)"),
]


class Unsure(Exception):
    """A date that could be two."""


def epoch(text):
    return None if text is None else int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


class Shift:
    """Moves every date of a text by whole weeks, in the form it is written in."""

    def __init__(self, days, known, near):
        self.delta, self.known, self.near, self.n_moved = datetime.timedelta(days), known, near, 0

    def moved(self, year, month, day):
        self.n_moved += 1
        return datetime.date(year, month, day) + self.delta

    def is_day_first(self, a, b, year):
        """Whether a date of numbers only begins with the day: the order that makes it a day of the notice."""
        fits = set()
        for day, month in ((a, b), (b, a)):
            try:
                if datetime.date(year, month, day) in self.known:
                    fits.add(day == a)
            except ValueError:
                pass
        if len(fits) != 1 or a == b:
            raise Unsure(f"{a} and {b}")
        return fits.pop()

    def replace(self, found):
        part = found.groupdict()
        year = int(part["y"]) if part.get("y") else self.near.year
        year += 2000 if year < 100 else 0
        if "a" in part:
            a, b = int(part["a"]), int(part["b"])
            day_first = self.is_day_first(a, b, year)
            new = self.moved(year, b, a) if day_first else self.moved(year, a, b)
            first, second = (new.day, new.month) if day_first else (new.month, new.day)
            pad = 2 if "0" in (part["a"][0], part["b"][0]) or min(a, b) > 9 else 1
            return f"{first:0{pad}}{part['s']}{second:0{pad}}{part['s']}{str(new.year)[-len(part['y']):]}"
        month = int(part["n"]) if part.get("n") else [name[:3].lower() for name in MONTHS].index(part["m"][:3].lower()) + 1
        try:
            new = self.moved(year, month, int(part["d"]))
        except ValueError:
            return found[0]
        text = found[0]
        at = found.start()
        values = {"d": f"{new.day:02}" if len(part["d"]) == 2 else str(new.day), "y": str(new.year)[-len(part["y"]):] if part.get("y") else None}
        if part.get("n"):
            values["n"] = f"{new.month:02}"
        else:
            name = MONTHS[new.month - 1] if len(part["m"]) > 3 and part["m"] != "Sept" else MONTHS[new.month - 1][:3]
            values["m"] = name.upper() if part["m"].isupper() and len(part["m"]) > 1 else name
        if part.get("o"):
            values["o"] = {1: "st", 2: "nd", 3: "rd"}.get(new.day % 10 if new.day not in (11, 12, 13) else 0, "th")
        for group in sorted((g for g in values if values[g] is not None and found.start(g) >= 0), key=lambda g: -found.start(g)):
            text = text[: found.start(group) - at] + values[group] + text[found.end(group) - at:]
        return text

    def __call__(self, text):
        # What one form wrote another must not read again: each finds its dates in what the earlier ones left.
        pieces = [text]
        for form in FORMS:
            pieces = [piece for text in pieces for piece in ([text] if isinstance(text, tuple) else self.split(form, text))]
        return "".join(piece[0] if isinstance(piece, tuple) else piece for piece in pieces)

    def split(self, form, text):
        at, out = 0, []
        for found in form.finditer(text):
            out += [text[at: found.start()], (self.replace(found),)]
            at = found.end()
        return out + [text[at:]]


class Sample:
    def __init__(self, path):
        self.path, self.folder = path, os.path.basename(os.path.dirname(path))
        with open(path, "rb") as file:
            self.bytes = file.read()
        with open(path[:-4] + ".expect", encoding="utf-8") as file:
            self.reading = json.load(file)
        self.notices = self.reading["notices"]

    def windows(self):
        return [(epoch(w["start"]), epoch(w["end"])) for notice in self.notices for w in notice["windows"]]

    def is_usual(self):
        return self.reading["confidence"] == "high" and self.reading["kind"] != "reminder" and bool(self.notices)


def header_text(value):
    return str(email.header.make_header(email.header.decode_header(value)))


def encoded(text):
    return text if text.isascii() else email.header.Header(text, "utf-8", maxlinelen=4000).encode()


def map_texts(message, change):
    """Apply a change to the subject and each text part; attachments of other types stay."""
    for part in message.walk():
        if part["Subject"]:
            part.replace_header("Subject", encoded(change(re.sub(r"\s*\n\s*", " ", header_text(part["Subject"])))))
        if part["Date"] and part is not message:
            part.replace_header("Date", change(part["Date"]))
        if part.is_multipart() or part.get_content_maintype() != "text":
            continue
        text = part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace")
        del part["Content-Transfer-Encoding"]
        part.set_payload(change(text).encode("utf-8"), "utf-8")


def numbers(sample, message, rng):
    """Other numbers for the ids and circuits of a mail whose text is all there is: digits to digits of the same length."""
    if any(part.get_content_maintype() in ("application", "image") for part in message.walk()):
        return {}
    ids = [notice["maintenance_id"] for notice in sample.notices if notice["maintenance_id"]]
    ids += [c["circuit_id"] for notice in sample.notices for holder in [notice, *notice["windows"]] for c in holder.get("circuits", [])]
    runs = sorted({run for each in ids for run in re.findall(r"\d{6,}", each) if not re.match(r"20[23]\d[01]\d[0-3]\d", run)})
    return {run: run[:-3] + f"{rng.randrange(1000):03}" for run in runs}


def domain_of(message):
    sender = message["X-Original-Sender"] or email.utils.parseaddr(header_text(message["From"] or ""))[1]
    return sender.rsplit("@", 1)[-1].strip("<> ").lower()


def sealed(message, stamp, rng):
    """The headers that our own server, and a group host before it, put on top."""
    domain, queue = domain_of(message), f"{rng.randrange(1 << 40):010x}"
    ours = f"Received: from mail.{domain} (mail.{domain} [192.0.2.{rng.randrange(1, 255)}])\n\tby mx1.example.net with ESMTPS id {queue}; {stamp}\n"
    if not message["X-Original-Sender"]:
        return (f"Authentication-Results: mx1.example.net;\n\tdkim=pass header.d={domain};\n\tspf=pass smtp.mailfrom={domain};\n"
                f"\tdmarc=pass header.from={domain}\n{ours}")
    return (f"Authentication-Results: mx1.example.net;\n\tdmarc=fail header.from=example.net;\n\tarc=pass\n{ours}"
            f"ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=google.com; s=arc; b=AAAA\n"
            f"ARC-Authentication-Results: i=1; mx.google.com;\n\tdkim=pass header.i=@{domain} header.s=s1;\n\tdmarc=pass header.from={domain}\n")


def days_of(sample, sent):
    days = {sent.date()}
    for window in sample.windows():
        days |= {datetime.datetime.fromtimestamp(at, datetime.timezone.utc).date() for at in window if at is not None}
    return {day + datetime.timedelta(k) for day in days for k in (-1, 0, 1)}


def varied(sample, rng):
    """A copy of a sample in the week, with numbers of its own: (date, bytes, ids, windows)."""
    message = email.message_from_bytes(sample.bytes)
    sent = email.utils.parsedate_to_datetime(message["Date"])
    target = MONDAY + datetime.timedelta(sent.weekday())
    shift = Shift((target - sent.date()).days, days_of(sample, sent), sent.date())
    mapped = numbers(sample, message, rng)
    renumber = lambda text: re.sub(r"\d{6,}", lambda found: mapped.get(found[0], found[0]), text)
    try:
        map_texts(message, lambda text: shift(renumber(text)))
        if sample.windows() and not shift.n_moved:
            raise Unsure("its dates stand in an attachment")
        sent += shift.delta
    except (Unsure, LookupError):
        shift.delta = datetime.timedelta(0)
        message = email.message_from_bytes(sample.bytes)
        map_texts(message, renumber)
    sent += datetime.timedelta(seconds=rng.randrange(-600, 600))
    stamp = email.utils.format_datetime(sent)
    top = sealed(message, stamp, rng)
    message.replace_header("Date", stamp)
    message.replace_header("Message-ID", f"<{rng.randrange(1 << 48):x}.week@{domain_of(message)}>")
    for name in ("Received", "Authentication-Results", "ARC-Seal", "ARC-Authentication-Results"):
        del message[name]
    moved = int(shift.delta.total_seconds())
    windows = [[None if at is None else at + moved for at in window] for window in sample.windows()]
    ids = [renumber(notice["maintenance_id"]) for notice in sample.notices if notice["maintenance_id"]]
    return sent, top.encode() + message.as_bytes(), ids, windows


UNKNOWN = [
    ("Planned maintenance {id}", "Dear customer,\n\nTicket: {id}\nStart: {d1:%d %B %Y %H:%M} UTC\nEnd: {d2:%d %B %Y %H:%M} UTC\nImpact: outage\nCircuit ID: {c}\n"),
    ("[{id}] Scheduled works", "Maintenance window: {d1:%Y-%m-%d %H:%M} - {d2:%Y-%m-%d %H:%M} (UTC)\nReason: new software\nService: {c}\n"),
    ("Network maintenance notification", "Reference number\n{id}\nStart time\n{d1:%A, %d %b %Y %H:%M} GMT\nEnd time\n{d2:%A, %d %b %Y %H:%M} GMT\nServices\n{c}\n"),
    ("Aviso de mantenimiento programado {id}", "Estimado cliente:\n\nInicio: {d1:%d/%m/%Y %H:%M}\nFin: {d2:%d/%m/%Y %H:%M}\nServicio: {c}\n"),
    ("Emergency work tonight", "Hello,\n\nwe will be performing emergency maintenance on our ring on the night of {d1:%d %B}. Expect up to two hours of outage on {c}.\n"),
    ("CANCELLED: maintenance {id}", "The maintenance {id} announced for {d1:%d %B %Y} has been cancelled. We shall write again.\n"),
]


def unknown(rng):
    subject, body = rng.choice(UNKNOWN)
    sent = datetime.datetime.combine(MONDAY, datetime.time(), datetime.timezone.utc) + datetime.timedelta(seconds=rng.randrange(604800))
    begin = sent.replace(minute=0, second=0) + datetime.timedelta(days=rng.randrange(3, 20))
    fill = {"id": f"{rng.choice(['HF', 'LX', 'KM', 'MNT'])}-{rng.randrange(100000, 999999)}", "c": f"EX/LON/{rng.randrange(1000, 9999)}",
            "d1": begin, "d2": begin + datetime.timedelta(hours=rng.randrange(1, 6))}
    domain = rng.choice(["harbourfibre.example", "larkspur-ix.example", "kestrelmetro.example", "tidewater.example"])
    message = email.message_from_string(f"Message-ID: <{rng.randrange(1 << 48):x}@{domain}>\nDate: {email.utils.format_datetime(sent)}\n"
                                        f"From: NOC <noc@{domain}>\nTo: maint-announce@example.net\nSubject: {subject.format(**fill)}\n"
                                        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + body.format(**fill))
    return sent, sealed(message, email.utils.format_datetime(sent), rng).encode() + message.as_bytes()


def forwarded(sample, rng):
    sent, mail, ids, windows = varied(sample, rng)
    held = email.message_from_bytes(mail)
    sent += datetime.timedelta(minutes=rng.randrange(5, 300))
    outer = email.message_from_string(f"Message-ID: <{rng.randrange(1 << 48):x}@example.net>\nDate: {email.utils.format_datetime(sent)}\n"
                                      "From: Robin Field <robin.field@example.net>\nTo: maint-announce@example.net\n"
                                      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_forward\"\n\n")
    outer["Subject"] = encoded("Fwd: " + re.sub(r"\s*\n\s*", " ", header_text(held["Subject"])))
    parts = b"--=_forward\nContent-Type: text/plain; charset=utf-8\n\nFYI\n\n--=_forward\nContent-Type: message/rfc822\n\n" + mail + b"\n--=_forward--\n"
    return sent, sealed(outer, email.utils.format_datetime(sent), rng).encode() + outer.as_bytes() + parts, ids, windows


def noise(sample, domains, rng):
    """Noise as it is, or as one of our vendors would send it."""
    sent, mail, _, _ = varied(sample, rng)
    own = domain_of(email.message_from_bytes(mail))
    if own.endswith(".example") and rng.random() < 0.3:
        mail = mail.replace(own.encode(), rng.choice(domains).encode())
    return sent, mail


def is_request(path, filters):
    """Whether the noise filter that a sample is named after asks for a person."""
    name = os.path.basename(path)
    best = max((f for f in filters if name.startswith(f + "-")), key=len)
    return filters[best]


def make(samples, mbox, truth, count=1000, seed=4):
    rng = random.Random(seed)
    filters = {}
    for path in glob.glob(os.path.join(samples, "..", "filters", "noise", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            filters[os.path.basename(path)[:-5]] = "resolution: review" in file.read()
    every = [Sample(path) for path in sorted(glob.glob(os.path.join(samples, "*", "*.eml"))) if "/root/" not in path and "/thread/" not in path]
    vendors = [s for s in every if s.folder != "noise" and s.notices]
    dry = [s for s in vendors if re.search(rb"^Subject: .*dry run", s.bytes, re.I | re.M)]
    pools = {
        "usual": [s for s in vendors if s.is_usual() and s not in dry],
        "reminder": [s for s in vendors if s.reading["kind"] == "reminder" and s.reading["confidence"] == "high"],
        "odd": [s for s in vendors if s.reading["confidence"] != "high" and s not in dry],
        "dry run": dry,
        "noise": [s for s in every if s.folder == "noise" and not is_request(s.path, filters)],
        "request": [s for s in every if s.folder == "noise" and is_request(s.path, filters)],
    }
    domains = sorted({domain_of(email.message_from_bytes(s.bytes)) for s in pools["usual"]})
    folders = collections.defaultdict(list)
    for sample in pools["usual"]:
        folders[sample.folder].append(sample)
    mails = []
    for sort, share in SHARES:
        for _ in range(round(share * count / 1000)):
            fact = {"sort": sort, "vendor": None, "ids": [], "windows": [], "is_noise": sort == "noise", "for_person": sort in ("request", "unknown")}
            if sort == "unknown":
                sent, mail = unknown(rng)
            elif sort == "duplicate":
                sent, mail, fact = rng.choice([m for m in mails if m[2]["sort"] == "usual"])
                sent, fact = sent + datetime.timedelta(seconds=30), {**fact, "sort": sort}
            elif sort in ("noise", "request"):
                sent, mail = noise(rng.choice(pools[sort]), domains, rng)
            else:
                sample = rng.choice(folders[rng.choice(sorted(folders))] if sort in ("usual", "forward") else pools[sort] or pools["usual"])
                sent, mail, ids, windows = (forwarded if sort == "forward" else varied)(sample, rng)
                fact.update(vendor=sample.folder, ids=ids, windows=windows, sample=os.path.relpath(sample.path, samples))
            mails.append((sent, mail, fact))
    mails.sort(key=lambda m: m[0])
    with open(mbox, "wb") as box, open(truth, "w", encoding="utf-8") as facts:
        for sent, mail, fact in mails:
            box.write(f"From maint@mx1.example.net {sent:%a %b %d %H:%M:%S %Y}\n".encode())
            box.write(re.sub(rb"(?m)^(>*From )", rb">\1", mail).rstrip(b"\n") + b"\n\n")
            facts.write(json.dumps(fact) + "\n")


def same_windows(reading, fact):
    """The windows of the truth, but for an hour where summer time begins or ends between the sample's weeks and this one."""
    got = sorted((epoch(w["start"]) or 0, epoch(w["end"]) or 0) for notice in reading["notices"] for w in notice["windows"])
    want = sorted((start or 0, end or 0) for start, end in fact["windows"])
    return len(got) == len(want) and all(abs(a - b) <= 3600 for g, w in zip(got, want) for a, b in zip(g, w))


def judge(truth, readings):
    with open(truth, encoding="utf-8") as file:
        facts = [json.loads(line) for line in file]
    with open(readings, encoding="utf-8") as file:
        got = [json.loads(line) for line in file]
    found = collections.defaultdict(list)
    for number, (fact, reading) in enumerate(zip(facts, got), 1):
        what = f"mail {number} ({fact['sort']}, {fact.get('sample') or reading['message_id']}): {reading['resolution']}, {reading['reasons'][-1]}"
        is_none, is_noise = reading["resolution"] == "none", reading["reasons"][-1].startswith("none: noise")
        if not fact["is_noise"] and (is_noise or fact["for_person"] and is_none):
            found["a notice or request is taken for noise"].append(what)
        if fact["is_noise"] and not (is_noise or reading["resolution"] == "review"):
            found["noise is taken for a notice"].append(what)
        if fact["sort"] == "dry run" and reading["resolution"] != "none":
            found["a dry run acts"].append(what)
        if fact["for_person"] and reading["resolution"] != "review":
            found["what is for a person does not reach one"].append(what)
        if not fact["for_person"] and reading["resolution"] == "review":
            found["review"].append(what)
        if reading["resolution"] == "calendar":
            ids = sorted(notice["maintenance_id"] or "" for notice in reading["notices"])
            if reading["vendor"] != fact["vendor"] or ids != sorted(fact["ids"]) or not same_windows(reading, fact):
                found["the calendar gets another vendor, id or window"].append(what)
    excused = sum(fact["for_person"] for fact in facts)
    print(f"mails: {len(got)} of {len(facts)} read, {excused} of them for a person, {len(found['review'])} others in review")
    for check, findings in found.items():
        for finding in findings:
            print(f"{check}: {finding}")


if __name__ == "__main__":
    if len(sys.argv) >= 5 and sys.argv[1] == "make":
        make(*sys.argv[2:5], *map(int, sys.argv[5:7]))
    elif len(sys.argv) == 4 and sys.argv[1] == "judge":
        judge(*sys.argv[2:4])
    else:
        sys.exit(__doc__)
