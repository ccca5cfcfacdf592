"""Move the dates of a text by whole weeks, each in the form it is written in. For week.py."""
import datetime
import re

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
