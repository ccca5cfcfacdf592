#!/usr/bin/env python3
"""Edit every sample as a vendor might, and see whether a changed reading still calls itself certain.

usage: mutate.py PROGRAM DIRECTORY...      PROGRAM is ./mailclinic; DIRECTORY holds VENDOR/CASE.eml

Each body of a mail (HTML, text, calendar) is tried alone, the other bodies taken away, so that one cannot lend the other what an edit took.
Only bodies that are read with high confidence are edited. The edits:

  drop      each line (a row of a table, a line of a cell or of the text, a calendar property), and the subject
  rename    each label, heading of a column and property name, to a name that no filter knows
  second    the lines that give a window once more, three hours later
  reserve   the same below a line "Reserve window"
  swap      each two neighbouring columns of a table, headings and all
  status    each line's words for a status (cancelled, completed, scheduled ...), then all of the mail's, replaced by a word that is none

An edit is SILENT if the reading is still of high confidence and
  - vendor, id, status, windows (start, end, role, status) or circuits with their impacts are not what they were; or
  - a window was added and is not read as one (`reserve`: as a backup window).
One difference is no fault: where a line was dropped, circuits that stood in it may be gone, since the mail then truly says less; and so may
a whole notice whose reference stood in it. Everything else that is lost or changed counts, also a window whose line was dropped.
`kind` is not compared: a mail without its word "reminder" is no reminder. Edits that change it alone are counted apart and shown.

The share of silent edits among all must be under 2 in 100. Every silent edit is listed.
"""
import calendar
import collections
import copy
import email
import email.encoders
import email.header
import email.policy
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time

LIMIT = 2.0
STRANGE_LABEL = "Renamed field"
STRANGE_WORD = "flummoxed"
STATUS = re.compile(
    r"\b(cancel\w*|complet\w*|re-?schedul\w*|postpon\w*|confirm\w*|conclud\w*|finish\w*|closed|scheduled|planned|commenc\w*"
    r"|started|begun|in[ -]progress|in-process|tentative|withdrawn|extended)\b", re.I)
TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?!:?\d\d:)")
LABEL = re.compile(r"^(\W*)([A-Za-z][^:\n\t]{1,38}?)(\s*:)(?=\s|$)")

Edit = collections.namedtuple("Edit", "sort what body")  # what: the words touched; body: the new text (None: the subject was edited)


def later(text):
    """The same text with every time of day three hours later."""
    half = 12 if re.search(r"\d\s*[ap]\.?m\b", text, re.I) else 24

    def shift(match):
        hour = (int(match[1]) + 3) % half or (12 if half == 12 else 0)
        return f"{hour:0{len(match[1])}d}:{match[2]}"

    return TIME.sub(shift, text)


def minutes(text):
    return [int(m[1]) * 60 + int(m[2]) for m in TIME.finditer(text)]


def gives_window(text, lengths):
    """Whether there is a date, and two times of day lie as far apart as a window's ends do."""
    times = minutes(text)
    apart = {(b - a) % 720 for i, a in enumerate(times) for b in times[i + 1:]}
    return bool(re.search(r"\d", TIME.sub("", text))) and any(n % 720 in apart for n in lengths)


def window_runs(lines, lengths):
    """The shortest runs of up to four lines that give a window, as (first, last). Runs that touch are one: the window in several zones."""
    runs = []
    for width in range(1, 5):
        for i in range(len(lines) - width + 1):
            if gives_window("\n".join(lines[i:i + width]), lengths) and not any(a <= i + width - 1 and i <= b for a, b in runs):
                runs.append((i, i + width - 1))
    joined = []
    for first, last in sorted(runs):
        if joined and first == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


class Text:
    """A plain text body or a calendar: lines are lines."""

    def __init__(self, text):
        self.lines = text.replace("\r\n", "\n").split("\n")

    def joined(self, lines):
        return "\n".join(lines)

    def replaced(self, i, *new):
        return self.joined(self.lines[:i] + list(new) + self.lines[i + 1:])

    def edits(self, lengths):
        for i, line in enumerate(self.lines):
            if line.strip():
                yield Edit("drop", line, self.replaced(i))
            if LABEL.match(line):
                yield Edit("rename", line, self.replaced(i, LABEL.sub(rf"\g<1>{STRANGE_LABEL}\3", line)))
            if STATUS.search(line):
                yield Edit("status", line, self.replaced(i, STATUS.sub(STRANGE_WORD, line)))
        filled = [i for i, line in enumerate(self.lines) if line.strip()]
        for first, last in window_runs([self.lines[i] for i in filled], lengths):
            first, last = filled[first], filled[last]
            run = self.lines[first:last + 1]
            more = [later(line) for line in run]
            head, tail = self.lines[:last + 1], self.lines[last + 1:]
            yield Edit("second", " / ".join(run), self.joined(head + [""] + more + tail))
            yield Edit("reserve", " / ".join(run), self.joined(head + ["", "Reserve window"] + more + tail))

    def strange(self):
        return STATUS.sub(STRANGE_WORD, self.joined(self.lines))


class Calendar(Text):
    """iCalendar, unfolded (also where the blank of a folded line is missing): a property is a line."""

    def __init__(self, text):
        super().__init__(re.sub(r"\r?\n(?:[ \t]|(?![A-Za-z-]+[:;]|\s*$))", "", text))

    def edits(self, lengths):
        for edit in super().edits([]):
            if edit.sort != "rename":
                yield edit
        for i, line in enumerate(self.lines):
            name = re.match(r"[A-Za-z-]+(?=[:;])", line)
            if name and name[0] not in ("BEGIN", "END"):
                yield Edit("rename", line, self.replaced(i, "X-RENAMED" + line[name.end():]))
        text = self.joined(self.lines)
        event = re.search(r"^BEGIN:VEVENT\n.*?^END:VEVENT\n", text, re.S | re.M)
        if event:
            more = re.sub(r"^(DT(?:START|END)[^:\n]*:\d{8}T)(\d\d)", lambda m: f"{m[1]}{(int(m[2]) + 3) % 24:02d}", event[0], flags=re.M)
            yield Edit("second", "VEVENT", text[:event.end()] + more + text[event.end():])


class Html:
    """An HTML body as tags and texts. Each text belongs to a line: of a row's cell, or outside of tables."""

    TOKEN = re.compile(r"<!--.*?-->|<(?:script|style|head)\b.*?</(?:script|style|head)\s*>|<[^>]*>", re.S | re.I)
    BREAKS = {"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "tr", "td", "th", "blockquote", "pre", "body"}

    def __init__(self, text):
        self.tokens, at = [], 0
        for tag in self.TOKEN.finditer(text):
            if tag.start() > at:
                self.tokens.append(text[at:tag.start()])
            self.tokens.append(tag[0])
            at = tag.end()
        self.tokens.append(text[at:])
        self.place()

    def place(self):
        """Where each text stands: self.at[token] = (row, cell, line); rows[row] = [table, first token, last token, cells]."""
        self.at, self.rows, self.columns = {}, [], {}
        stack, line, tables = [], 0, 0
        for i, token in enumerate(self.tokens):
            name = re.match(r"<(/?)([a-zA-Z0-9]+)", token)
            tag = name[2].lower() if name else ""
            closes = bool(name and name[1])
            if tag in self.BREAKS:
                line += 1
            if tag == "table" and not closes:
                tables += 1
                stack.append([tables, None, -1])
            elif tag == "table" and stack:
                stack.pop()
            elif stack and tag == "tr":
                if closes and stack[-1][1] is not None:
                    self.rows[stack[-1][1]][2] = i
                stack[-1][1:] = [None, -1]
                if not closes:
                    self.rows.append([stack[-1][0], i, None])
                    stack[-1][1] = len(self.rows) - 1
            elif stack and tag in ("td", "th") and stack[-1][1] is not None:
                if not closes:
                    stack[-1][2] += 1
                    self.columns.setdefault(stack[-1][1], []).append([i + 1, None])
                elif self.columns.get(stack[-1][1]):
                    self.columns[stack[-1][1]][-1][1] = i
            elif not token.startswith("<") and html.unescape(token).strip():
                row, cell = (stack[-1][1], stack[-1][2]) if stack else (None, 0)
                self.at[i] = (row, cell, line)

    def group(self, key):
        groups = collections.defaultdict(list)
        for i in self.at:
            groups[key(*self.at[i])].append(i)
        return groups

    def text(self, tokens):
        return " ".join(" ".join(self.tokens[i].split()) for i in tokens)

    def with_tokens(self, new):
        return "".join(new.get(i, token) for i, token in enumerate(self.tokens))

    def blanked(self, tokens, first=""):
        return self.with_tokens({i: (first if n == 0 else "") for n, i in enumerate(tokens)})

    def visible(self):
        """The texts of each line as a reader of the mail sees it: of a whole row, unless the row is there for the layout alone."""
        filled = collections.defaultdict(set)
        for row, cell, _ in self.at.values():
            filled[row].add(cell)
        return self.group(lambda row, cell, line: row if row is not None and len(filled[row]) > 1 else ("line", line))

    def drops(self):
        rows = self.visible()
        lines = self.group(lambda row, cell, line: line)
        for tokens in list(rows.values()) + [l for l in lines.values() if l not in list(rows.values())]:
            yield Edit("drop", self.text(tokens), self.blanked(tokens))

    def cells(self, row):
        cells = collections.defaultdict(list)
        for i, (r, cell, _) in self.at.items():
            if r == row:
                cells[cell].append(i)
        return cells

    def is_header(self, row):
        """Words without digits over a row of as many cells."""
        cells = self.cells(row)
        below = row + 1 < len(self.rows) and self.rows[row + 1][0] == self.rows[row][0]
        return (below and len(cells) > 1 and len(self.columns.get(row, [])) == len(self.columns.get(row + 1, []))
                and not any(re.search(r"\d|:\s*$", self.text(c)) or len(self.text(c)) > 40 for c in cells.values()))

    def renames(self):
        done = set()
        for row in range(len(self.rows)):
            cells = self.cells(row)
            is_header = self.is_header(row)
            for n, tokens in sorted(cells.items()):
                text = self.text(tokens)
                is_label = len(cells) == 2 and n == min(cells) and not re.search(r"\d", text) and len(text) < 40
                if is_header or is_label or (len(cells) > 1 and re.fullmatch(r"[^:]{2,40}:", text)):
                    done.update(tokens)
                    yield Edit("rename", text, self.blanked(tokens, STRANGE_LABEL + (":" if text.endswith(":") else "")))
        for tokens in self.group(lambda row, cell, line: line).values():
            first = self.tokens[tokens[0]].strip()
            follows = self.tokens[tokens[1]].lstrip() if len(tokens) > 1 else ""
            if tokens[0] in done:
                continue
            if LABEL.match(first):
                yield Edit("rename", self.text(tokens), self.with_tokens({tokens[0]: LABEL.sub(rf"\g<1>{STRANGE_LABEL}\3", first) + " "}))
            elif follows.startswith(":") and len(first) < 40:
                yield Edit("rename", self.text(tokens), self.with_tokens({tokens[0]: STRANGE_LABEL}))

    def swaps(self):
        tables = collections.defaultdict(list)
        for row in range(len(self.rows)):
            tables[self.rows[row][0]].append(row)
        for rows in tables.values():
            head = next((r for r in rows if self.is_header(r)), None)
            width = len(self.columns.get(head, []))
            rows = [r for r in rows if len(self.columns.get(r, [])) == width and all(end for _, end in self.columns[r])]
            for n in range(width - 1 if head is not None else 0):
                yield Edit("swap", " <-> ".join(self.text(c) for c in (self.cells(head)[n], self.cells(head)[n + 1])), self.swapped(rows, n))

    def swapped(self, rows, n):
        new = {}
        for row in rows:
            (a, b), (c, d) = self.columns[row][n], self.columns[row][n + 1]
            left, right = "".join(self.tokens[a:b]), "".join(self.tokens[c:d])
            new.update({i: "" for i in list(range(a, b)) + list(range(c, d))})
            if a == b or c == d:  # an empty cell holds no token of its own: write into its tag
                new[a - 1], new[c - 1] = self.tokens[a - 1] + right, self.tokens[c - 1] + left
            else:
                new[a], new[c] = right, left
        return self.with_tokens(new)

    def windows(self, lengths):
        groups = sorted(self.visible().values())
        texts = [self.text(tokens) for tokens in groups]
        for first, last in window_runs(texts, lengths):
            rows = sorted({self.at[g[0]][0] for g in groups[first:last + 1]} - {None})
            what = " / ".join(texts[first:last + 1])
            whole = len(rows) == last - first + 1 and all(self.rows[r][2] and len(self.cells(r)) > 1 for r in rows)
            for sort, heading in (("second", ""), ("reserve", "Reserve window")):
                yield Edit(sort, what, self.with_rows(rows, heading) if whole else self.with_lines(groups[last], texts[first:last + 1], heading))

    def with_rows(self, rows, heading):
        end = self.rows[rows[-1]][2]
        more = "".join(later("".join(self.tokens[self.rows[r][1]:self.rows[r][2] + 1])) for r in rows)
        head = f"<tr><td>{heading}</td></tr>" if heading else ""
        return self.with_tokens({end: self.tokens[end] + head + more})

    def with_lines(self, after, lines, heading):
        more = "".join("<br>" + line for line in ([heading] if heading else []) + [later(line) for line in lines])
        return self.with_tokens({after[-1]: self.tokens[after[-1]] + more + "<br>"})

    def statuses(self):
        for tokens in self.group(lambda row, cell, line: line).values():
            if any(STATUS.search(self.tokens[i]) for i in tokens):
                yield Edit("status", self.text(tokens), self.with_tokens({i: STATUS.sub(STRANGE_WORD, self.tokens[i]) for i in tokens}))

    def edits(self, lengths):
        yield from self.drops()
        yield from self.renames()
        yield from self.swaps()
        yield from self.windows(lengths)
        yield from self.statuses()

    def strange(self):
        return self.with_tokens({i: STATUS.sub(STRANGE_WORD, self.tokens[i]) for i in self.at})


BODIES = {"text/html": Html, "text/plain": Text, "text/calendar": Calendar}


def is_attachment(part):
    return part.get_content_disposition() == "attachment" and part.get_content_type() != "text/calendar"


def bodies(mail):
    """The leaf parts that are bodies, by type."""
    found = collections.defaultdict(list)
    for part in mail.walk():
        if not part.is_multipart() and part.get_content_type() in BODIES and not is_attachment(part):
            found[part.get_content_type()].append(part)
    return found


def decoded(part):
    bytes_ = part.get_payload(decode=True) or b""
    for charset in (part.get_content_charset(), "utf-8", "windows-1252"):
        try:
            return bytes_.decode(charset or "utf-8")
        except (LookupError, UnicodeDecodeError):
            pass
    return bytes_.decode("latin-1")


def set_body(part, text):
    del part["Content-Transfer-Encoding"]
    part.set_payload(text.encode("utf-8", "replace"))
    part.set_param("charset", "utf-8")
    email.encoders.encode_base64(part)


class Variant:
    """A mail with one of its bodies alone (a calendar part stays beside HTML or text, as in life)."""

    def __init__(self, path, mail, kind):
        self.path, self.kind = path, kind
        self.mail = copy.deepcopy(mail)
        found = bodies(self.mail)
        for other in ("text/html", "text/plain"):
            for part in found[other] if other != kind else []:
                set_body(part, "")
                part.replace_header("Content-Type", "application/x-taken-away")
        self.body = BODIES[kind](decoded(found[kind][0]))
        self.baseline = self.edited(None)

    def edited(self, edit):
        mail = copy.deepcopy(self.mail)
        part = bodies(mail)[self.kind][0]
        set_body(part, decoded(part) if edit is None or edit.body is None else edit.body)
        if edit is not None and edit.sort == "drop" and edit.body is None:
            del mail["Subject"]
        elif edit is not None and edit.sort == "status" and (edit.body is None or edit.what == "everywhere"):
            subject = str(email.header.make_header(email.header.decode_header(mail["Subject"] or "")))
            del mail["Subject"]
            mail["Subject"] = email.header.Header(STATUS.sub(STRANGE_WORD, " ".join(subject.split())), "utf-8")
        return mail

    def edits(self, reading):
        lengths = {(w["end"] - w["start"]) // 60 for n in reading["notices"] for w in n["windows"] if w["start"] and w["end"]}
        subject = str(self.mail["Subject"] or "")
        yield from self.body.edits(lengths)
        yield Edit("drop", "the subject: " + subject, None)
        if STATUS.search(subject):
            yield Edit("status", "the subject: " + subject, None)
        yield Edit("status", "everywhere", self.body.strange())


def seconds(text):
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) if text else None


def read_all(program, mails):
    """The readings of the mails, by one run over a mailbox of them."""
    at = {}
    with tempfile.NamedTemporaryFile(suffix=".mbox") as box:
        for n, mail in enumerate(mails):
            at[box.tell()] = n
            text = mail.as_bytes(policy=email.policy.compat32)
            box.write(b"From mutant@example.org Thu Jan  1 00:00:00 1970\n" + re.sub(rb"(?m)^(>*From )", rb">\1", text) + b"\n\n")
        box.flush()
        out = subprocess.run([program, "replay", "--dry-run", "--format", "json", "--jobs", "2", box.name],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    readings = [None] * len(mails)
    for line in out.stdout.decode("utf-8", "replace").splitlines():
        reading = json.loads(line)
        for notice in reading.get("notices") or []:
            for window in notice["windows"]:
                window["start"], window["end"] = seconds(window["start"]), seconds(window["end"])
        readings[at[reading["source"]["offset"]]] = reading
    if None in readings:
        sys.exit(f"Bail out! {readings.count(None)} of {len(mails)} mails were not read\n# " + out.stderr.decode("utf-8", "replace")[-2000:])
    return readings


def circuits_of(owner):
    return frozenset((c["circuit_id"], c["impact"]) for c in owner.get("circuits") or [])


def facts(reading):
    """What must not change: by id, status, windows and circuits."""
    return {(reading["vendor"], n["maintenance_id"]): {
        "status": n["status"],
        "windows": frozenset((w["start"], w["end"], w["role"], w.get("status")) for w in n["windows"]),
        "circuits": circuits_of(n).union(*[circuits_of(w) for w in n["windows"]])} for n in reading["notices"]}


def differences(before, after):
    """The names of what differs, and the circuits and ids that are only lost."""
    names, lost = set(), set()
    for key in set(before) | set(after):
        if key not in after and set(after) < set(before):
            lost.add(key[1])
        elif key not in before or key not in after:
            names.add("id")
        else:
            names.update(f for f in ("status", "windows") if before[key][f] != after[key][f])
            if after[key]["circuits"] < before[key]["circuits"] and after[key]["circuits"]:
                lost.update(c for c, _ in before[key]["circuits"] - after[key]["circuits"])
            elif after[key]["circuits"] != before[key]["circuits"]:
                names.add("circuits")
    return names, lost


def squeezed(text):
    return re.sub(r"[\W_]+", "", text or "").lower()


def is_added(before, after, sort):
    """Whether the window that an edit added is read as what it is."""
    if set(before) != set(after):
        return False
    extra = [w for key in before for w in after[key]["windows"] - before[key]["windows"]]
    kept = all(before[key]["windows"] <= after[key]["windows"] and before[key]["status"] == after[key]["status"] for key in before)
    return bool(extra) and kept and (sort == "second" or all(w[2] == "backup" for w in extra))


def silent(edit, before, after):
    """What changed though the reading is still high: a phrase, or None."""
    if after["confidence"] != "high":
        return None
    names, lost = differences(facts(before), facts(after))
    if edit.sort in ("second", "reserve"):
        if is_added(facts(before), facts(after), edit.sort):
            return None
        return "the added window is overlooked" if facts(before) == facts(after) else "the added window is not read as what it is"
    if edit.sort == "drop" and not names and all(squeezed(value) in squeezed(edit.what) for value in lost):
        return None
    names.update(["circuits lost"] if lost else [])
    return ", ".join(sorted(names)) or None


def variants(directories):
    for top in directories:
        for folder, _, names in sorted(os.walk(top)):
            for name in sorted(n for n in names if n.endswith(".eml")):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    mail = email.message_from_binary_file(file)
                for kind in bodies(mail):
                    yield Variant(path, mail, kind)


def main():
    program, directories = sys.argv[1], sys.argv[2:]
    every = list(variants(directories))
    baselines = read_all(program, [v.baseline for v in every])
    tries = [(v, before, edit) for v, before in zip(every, baselines) if before["confidence"] == "high" and before["notices"]
             for edit in v.edits(before)]
    print(f"# {len(every)} bodies, {sum(b['confidence'] == 'high' for b in baselines)} of them read with high confidence, {len(tries)} edits")
    count, bad, kinds, found, crashes = collections.Counter(), collections.Counter(), 0, [], []
    for (variant, before, edit), after in zip(tries, read_all(program, [v.edited(e) for v, _, e in tries])):
        count[edit.sort] += 1
        what = silent(edit, before, after)
        crashes += [f"# {variant.path} ({variant.kind}), {edit.sort} \"{edit.what[:100]}\": {r}" for r in after["reasons"] if "reader failed" in r]
        kinds += after["confidence"] == "high" and not what and after["kind"] != before["kind"]
        if what:
            bad[edit.sort] += 1
            found.append(f"# {variant.path} ({variant.kind}), {edit.sort} \"{edit.what[:100]}\": {what}")
    share = 100 * len(found) / len(tries) if tries else 100.0
    print(f"{'ok' if share < LIMIT else 'not ok'} 1 - {len(found)} of {len(tries)} edits ({share:.2f} %) change the reading silently; under {LIMIT} %")
    for sort in count:
        print(f"# {sort}: {bad[sort]} of {count[sort]} edits are silent")
    print(f"# only the kind changed: {kinds}")
    print("\n".join(found + [f"{'not ok' if crashes else 'ok'} 2 - no edit brings the reader down"] + crashes + ["1..2"]))
    return 0 if share < LIMIT and not crashes else 1


sys.exit(main())
