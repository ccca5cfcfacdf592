#!/usr/bin/env python3
"""Make a week of maint-announce@ out of the samples, and judge what a program makes of it.

usage: week.py make SAMPLES MBOX TRUTH [COUNT [SEED]]     the same arguments make the same bytes
       week.py judge TRUTH READINGS                       READINGS is `replay --format json` of the mailbox; prints `CHECK: FINDINGS` lines

TRUTH has a JSON line a mail, in the mailbox's order: its sort, vendor, ids, windows (epoch seconds), and whether it is for a person by its
nature: held messages, contracts and the like, vendors that no filter knows. Notices that the samples themselves leave in doubt stand in
the week as rarely as among real mail, and are not excused.

The proportions are those of a mailbox that some forty carriers write to. What was told of a piece of work before the week stands before it in
the mailbox ("history"), and is not judged. Each mail carries the results of our own mail server (mx1.example.net),
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

from shift import Shift, Unsure

MONDAY = datetime.date(2031, 9, 1)
SHARES = (  # sort, of a thousand
    ("usual", 610),  # notices that the samples read as certain
    ("reminder", 40),
    ("odd", 22),  # notices that contradict themselves, or lack what others have
    ("orphan", 10),  # of work that was announced before the mailbox begins
    ("duplicate", 40),  # the same mail once more: a second recipient, a list and a person
    ("forward", 12),  # by a colleague
    ("unknown", 30),
    ("dry run", 6),
    ("noise", 200),
    ("request", 30),  # noise filters with `resolution: review`
)
# How often each kind comes, among those that a vendor has samples of: most work is announced and done, and little of it moves.
WEIGHTS = {"new": 10, "completed": 6, "started": 3, "cancelled": 2, "reschedule": 2}


def epoch(text):
    return None if text is None else int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


class Sample:
    def __init__(self, path):
        self.path, self.folder = path, os.path.basename(os.path.dirname(path))
        with open(path, "rb") as file:
            self.bytes = file.read()
        with open(path[:-4] + ".expect", encoding="utf-8") as file:
            self.reading = json.load(file)
        self.notices = self.reading["notices"]
        self.sent = email.utils.parsedate_to_datetime(email.message_from_bytes(self.bytes)["Date"])
        self.kind, self.is_sure = self.reading["kind"], self.reading["confidence"] == "high"
        self.is_dry_run = re.search(rb"^Subject: .*dry run", self.bytes, re.I | re.M) is not None

    def work(self):
        """What the mails of one story share."""
        return self.folder, (self.notices[0]["maintenance_id"] or "") if self.notices else None

    def windows(self):
        return [(epoch(w["start"]), epoch(w["end"])) for notice in self.notices for w in notice["windows"]]


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


def has_attachment(message):
    return any(part.get_content_maintype() in ("application", "image") for part in message.walk())


def numbers(story, rng):
    """Other numbers for the ids and circuits of a story whose texts are all there is: digits to digits of the same length."""
    if any(has_attachment(email.message_from_bytes(sample.bytes)) for sample in story):
        return {}
    notices = [notice for sample in story for notice in sample.notices]
    ids = [notice["maintenance_id"] for notice in notices if notice["maintenance_id"]]
    circuits = [c["circuit_id"] for notice in notices for holder in [notice, *notice["windows"]] for c in holder.get("circuits", [])]
    runs = {run for each in ids for run in re.findall(r"\d{4,}", each) if not re.fullmatch(r"20[23]\d", run)}
    runs |= {run for each in circuits for run in re.findall(r"\d{6,}", each)}
    return {run: run[:-3] + f"{rng.randrange(1000):03}" for run in sorted(runs)}


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


def days_of(sample):
    days = {sample.sent.date()}
    for window in sample.windows():
        days |= {datetime.datetime.fromtimestamp(at, datetime.timezone.utc).date() for at in window if at is not None}
    return {day + datetime.timedelta(k) for day in days for k in (-1, 0, 1)}


class Story:
    """Copies of the mails on one piece of work, the last of them in the week, with numbers of their own."""

    def __init__(self, samples, rng):
        self.samples, self.rng, self.map = samples, rng, numbers(samples, rng)
        last = samples[-1].sent
        self.days = (MONDAY + datetime.timedelta(last.weekday()) - last.date()).days
        self.lag = datetime.timedelta(seconds=rng.randrange(-600, 600))
        try:
            self.mails = [self.copy(sample) for sample in samples]
        except (Unsure, LookupError):  # a date that cannot be moved: all stay where they are
            self.days = 0
            self.mails = [self.copy(sample) for sample in samples]

    def renumber(self, text):
        return re.sub(r"\d{4,}", lambda found: self.map.get(found[0], found[0]), text)

    def copy(self, sample):
        message = email.message_from_bytes(sample.bytes)
        shift = Shift(self.days, days_of(sample), sample.sent.date())
        map_texts(message, lambda text: shift(self.renumber(text)) if self.days else self.renumber(text))
        if self.days and sample.windows() and not shift.n_moved:
            raise Unsure("its dates stand in an attachment")
        sent = sample.sent + shift.delta + self.lag
        stamp = email.utils.format_datetime(sent)
        top = sealed(message, stamp, self.rng)
        message.replace_header("Date", stamp)
        message.replace_header("Message-ID", f"<{self.rng.randrange(1 << 48):x}.week@{domain_of(message)}>")
        for name in ("Received", "Authentication-Results", "ARC-Seal", "ARC-Authentication-Results"):
            del message[name]
        windows = [[None if at is None else at + self.days * 86400 for at in window] for window in sample.windows()]
        ids = [self.renumber(notice["maintenance_id"]) for notice in sample.notices if notice["maintenance_id"]]
        fact = {"vendor": sample.folder, "ids": ids, "windows": windows, "sample": f"{sample.folder}/{os.path.basename(sample.path)}"}
        return sent, top.encode() + message.as_bytes(), fact


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


def forwarded(held, rng):
    sent, mail, fact = held
    inner = email.message_from_bytes(mail)
    sent += datetime.timedelta(minutes=rng.randrange(5, 300))
    outer = email.message_from_string(f"Message-ID: <{rng.randrange(1 << 48):x}@example.net>\nDate: {email.utils.format_datetime(sent)}\n"
                                      "From: Robin Field <robin.field@example.net>\nTo: maint-announce@example.net\n"
                                      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_forward\"\n\n")
    outer["Subject"] = encoded("Fwd: " + re.sub(r"\s*\n\s*", " ", header_text(inner["Subject"])))
    parts = b"--=_forward\nContent-Type: text/plain; charset=utf-8\n\nFYI\n\n--=_forward\nContent-Type: message/rfc822\n\n" + mail + b"\n--=_forward--\n"
    return sent, sealed(outer, email.utils.format_datetime(sent), rng).encode() + outer.as_bytes() + parts, fact


def noise(sample, domains, rng):
    """Noise as it is, or as one of our vendors would send it."""
    sent, mail, _ = Story([sample], rng).mails[0]
    own = domain_of(email.message_from_bytes(mail))
    if own.endswith(".example") and rng.random() < 0.3:
        mail = mail.replace(own.encode(), rng.choice(domains).encode())
    return sent, mail


def is_request(path, filters):
    """Whether the noise filter that a sample is named after asks for a person."""
    name = os.path.basename(path)
    best = max((f for f in filters if name.startswith(f + "-")), key=len)
    return filters[best]


class Pools:
    """The samples by what they are good for."""

    def __init__(self, samples):
        filters = {}
        for path in glob.glob(os.path.join(samples, "..", "filters", "noise", "*.yaml")):
            with open(path, encoding="utf-8") as file:
                filters[os.path.basename(path)[:-5]] = "resolution: review" in file.read()
        every = [Sample(path) for path in sorted(glob.glob(os.path.join(samples, "*", "*.eml")))
                 if os.path.basename(os.path.dirname(path)) not in ("root", "thread")]
        self.noise = [s for s in every if s.folder == "noise" and not is_request(s.path, filters)]
        self.request = [s for s in every if s.folder == "noise" and is_request(s.path, filters)]
        vendors = [s for s in every if s.folder != "noise" and s.notices]
        self.dry_run = [[s] for s in vendors if s.is_dry_run]
        self.domains = sorted({domain_of(email.message_from_bytes(s.bytes)) for s in vendors})
        self.usual, self.reminder, self.odd, self.orphan = collections.defaultdict(list), [], [], []
        works = collections.defaultdict(list)
        for sample in sorted(vendors, key=lambda s: s.sent):
            if not sample.is_dry_run:
                works[sample.work()].append(sample)
        for (folder, _), work in works.items():
            self.add(folder, work)

    def add(self, folder, work):
        """A story as far as each of its mails; one that was not announced in any sample is an orphan."""
        told = [sample for sample in work if sample.is_sure]
        is_announced = bool(told) and told[0].kind in ("new", "reschedule", "update", "extended")
        for sample in work:
            story = [s for s in told if s.sent < sample.sent and s.kind not in ("cancelled", "completed")] + [sample]
            if not sample.is_sure:
                self.odd.append(story)
            elif not is_announced:
                self.orphan.append(story)
            elif sample.kind == "reminder":
                self.reminder.append(story)
            else:
                self.usual[folder].append(story)


def tell(sort, pools, rng):
    """The mails of one entry of the week, the last of them in it: (date, bytes, fact)."""
    if sort in ("usual", "forward"):
        stories = pools.usual[rng.choice(sorted(pools.usual))]
        *before, last = Story(rng.choices(stories, [WEIGHTS.get(story[-1].kind, 1) for story in stories])[0], rng).mails
        return before + [forwarded(last, rng) if sort == "forward" else last]
    if sort in ("noise", "request"):
        return [(*noise(rng.choice(getattr(pools, sort)), pools.domains, rng), {})]
    if sort == "unknown":
        return [(*unknown(rng), {})]
    return Story(rng.choice(getattr(pools, sort.replace(" ", "_"))), rng).mails


def make(samples, mbox, truth, count=1000, seed=4):
    rng, pools, mails = random.Random(seed), Pools(samples), []
    blank = {"vendor": None, "ids": [], "windows": []}
    for sort, share in SHARES:
        mark = {"sort": sort, "is_noise": sort == "noise", "for_person": sort in ("request", "unknown")}
        for _ in range(round(share * count / 1000)):
            if sort == "duplicate":
                sent, mail, fact = rng.choice([m for m in mails if m[2]["sort"] == "usual"])
                mails.append((sent + datetime.timedelta(seconds=30), mail, {**fact, "sort": sort}))
                continue
            *before, last = tell(sort, pools, rng)
            mails += [(sent, mail, {**blank, **fact, **mark, "sort": "history"}) for sent, mail, fact in before]
            mails.append((last[0], last[1], {**blank, **last[2], **mark}))
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
    week = [pair for pair in zip(facts, got) if pair[0]["sort"] != "history"]
    for number, (fact, reading) in enumerate(week, 1):
        what = f"mail {number} ({fact['sort']}, {fact.get('sample') or reading['message_id']}): {reading['resolution']}, {reading['reasons'][-1]}"
        is_none = reading["resolution"] == "none"
        is_noise = is_none and any(reason.startswith("filter noise/") for reason in reading["reasons"])
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
            ids = sorted(notice["maintenance_id"] for notice in reading["notices"] if notice["maintenance_id"])
            if reading["vendor"] != fact["vendor"] or ids != sorted(fact["ids"]) or not same_windows(reading, fact):
                found["the calendar gets another vendor, id or window"].append(what)
    excused = sum(fact["for_person"] for fact, _ in week)
    print(f"mails: {len(got)} of {len(facts)} read, {len(week)} in the week, {excused} for a person, {len(found['review'])} others in review")
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
