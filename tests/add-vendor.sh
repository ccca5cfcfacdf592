#!/bin/bash
# A vendor is added as doc/vendor.md says: by its filter and a sample, in a directory without any C or Makefile.
# In: the filter and the mail that doc/vendor.md shows. Out: TAP.
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor" "$work/samples/larch" "$work/tests"
cp "$top"/filters/*.yaml "$work/filters/"
# The file that the manual has the author write, word for word.
# shellcheck disable=SC2016 # backquotes of Markdown
block() {
        sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$top/doc/vendor.md" | sed '/^```/d'
}
block yaml >"$work/filters/vendor/larch.yaml"
block mail >"$work/samples/larch/planned.eml"
export MAILCLINIC_FILTERS=$work/filters
echo 1..3

if ./mailclinic check >"$work/said" 2>&1 || ! grep -q larch.yaml "$work/said"; then echo 'ok 1 - the filter has no fault'; else
        echo 'not ok 1 - the filter has no fault'
        sed 's/^/# /' "$work/said"
fi

# Zurich is an hour ahead of UTC in March: worked out by hand.
cat >"$work/wanted" <<'END'
"maintenance_id":"LF-20417"
"account":"Example Ltd"
"status":"CONFIRMED"
"start":"2031-03-12T22:00:00Z"
"end":"2031-03-13T04:30:00Z"
{"circuit_id":"LF/ZRH/0031","impact":"OUTAGE"}
{"circuit_id":"LF/GVA/0107","impact":"NO-IMPACT"}
"vendor":"larch"
"kind":"new"
"confidence":"high"
END
./mailclinic explain --json "$work/samples/larch/planned.eml" >"$work/reading" 2>&1
if missing=$(while read -r fact; do grep -qF -- "$fact" "$work/reading" || echo "$fact"; done <"$work/wanted") && [ -z "$missing" ]; then
        echo 'ok 2 - the mail is read as it says'
else
        echo 'not ok 2 - the mail is read as it says'
        printf '%s\n' "$missing" | sed 's/^/# missing: /'
        sed 's/^/# /' "$work/reading"
fi

./mailclinic explain --expect "$work/samples/larch/planned.eml" >"$work/samples/larch/planned.expect"
if srcdir=$work "$top/tests/samples.sh" >"$work/said" 2>&1 && ! grep -q '^not ok' "$work/said"; then
        echo 'ok 3 - the tests find filter and sample by looking'
else
        echo 'not ok 3 - the tests find filter and sample by looking'
        sed 's/^/# /' "$work/said"
fi
