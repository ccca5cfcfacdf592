#!/bin/sh
# mailclinic check: each sort of fault is told with its place and status 78; filters without fault pass.
# In: small filters written here, lines and columns counted by hand. Out: TAP.
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/vendor" "$dir/noise"
n=0

# ok NAME: passes if the last command did.
ok() {
        if [ $? -eq 0 ]; then result=ok; else result='not ok'; fi
        n=$((n + 1))
        echo "$result $n - $1"
        [ "$result" = ok ] || sed 's/^/# /' "$dir/out"
}

# check FILTER: the filter on stdin is written to vendor/x.yaml and checked; what is printed goes to $dir/out, its status to $status.
check() {
        cat >"$dir/vendor/x.yaml"
        ./mailclinic check "$@" "$dir/vendor/x.yaml" >"$dir/out" 2>&1
        status=$?
}

# tells NAME PLACE TEXT: the only fault is the one at this place that begins with this text, and the status is 78.
tells() {
        [ "$status" -eq 78 ] && [ "$(wc -l <"$dir/out")" -eq 2 ] && head -n 1 "$dir/out" | grep -qF "$dir/vendor/x.yaml:$2: $3"
        ok "$1"
}

check <<'END'
vendor: x
from: ['@x\.example$']
zone: Europe/Berlin
dates: ['%d.%m.%Y %H:%M']
notices:
  - subject: ['Work (?<ref>\d+)']
END
[ "$status" -eq 0 ] && grep -qx 'no faults in 1 files, 2 patterns, 0 samples' "$dir/out"
ok 'a filter without fault passes'

check <<'END'
vendor: x
from: ['@x\.example$']
notices:
  - {rol: backup}
END
tells 'unknown key' 4:6 'notices[0].rol: unknown key; known here: subject says part '

check <<'END'
vendor: x
from: ['@x\.example$']
notices:
  - find:
      - 'Work (?<ref>\d+'
END
tells 'pattern that does not compile' 5:9 "notices[0].find[0]: pattern 'Work (?<ref>\\d+' is bad at byte "

check <<'END'
vendor: x
from: ['@x\.example$']
notices:
  - find: ['Work (?<reference>\d+)']
END
tells 'capture that is no field' 4:12 "notices[0].find[0]: capture 'reference' is no field; fields: ref revision status "

check <<'END'
vendor: x
from: ['@x\.example$']
zones: [{text: '^BT$', is: Europe/Berlinn}]
notices: [{}]
END
tells 'unknown zone of a zone text' 3:28 "zones[0].is: unknown zone 'Europe/Berlinn'"

check <<'END'
vendor: x
from: ['@x\.example$']
notices: [{zone: ../UTC}]
END
tells 'unknown zone' 3:18 "notices[0].zone: unknown zone '../UTC'"

check <<'END'
vendor: x
from: ['@x\.example$']
dates: ['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M']
notices: [{}]
END
tells 'ambiguous forms' 3:27 "dates[1]: '%m/%d/%Y %H:%M' and '%d/%m/%Y %H:%M' (line 3) read '"

check <<'END'
vendor: x
from: ['@x\.example$']
dates: ['%d/%m/%Y %H:%M']
notices:
  - dates: ['%m/%d/%Y %H:%M']
END
[ "$status" -eq 0 ]
ok 'forms of which one replaces the other are not ambiguous'

check <<'END'
vendor: x
from: ['@x\.example$']
dates: ['%d/%m/%Y %Q']
notices: [{}]
END
tells 'bad form' 3:9 "dates[0]: '%d/%m/%Y %Q': "

check <<'END'
vendor: x
from: ['@x\.example$']
notices:
  - find: ['^Title: (?<title>(?:\w+ )+)at (?<location>.+)$']
  - subject: ['(?:Done)?.*(?<ref>AB\d+) +for ']
END
tells 'slow pattern' 5:15 'notices[1].subject[0]: slow pattern: '

check <<'END'
vendor: x
from: ['@x\.example$']
notices:
  - find: ['(?<ref>\d+)']
  - subject: ['Cancelled']
    find: ['(?<ref>\d+)']
END
tells 'notice that is never reached' 5:5 'notices[1]: is never reached: notices[0] takes every mail that it could take'

check <<'END'
vendor: x
from: ['@x\.example$']
find: ['(?<ref>\d+)']
notices:
  - {}
  - subject: ['Work (?<start>.+)$']
  - body: [ics]
  - assume: {status: CONFIRMED}
END
[ "$status" -eq 0 ]
ok 'notices that find more than an earlier one are reached'

check <<'END'
vendor: x
notices: [{}]
END
tells 'filter that claims nothing' 1:1 'claims no mail: it has none of from dkim list says'

check --json <<'END'
vendor: x
from: ['@x\.example$']
notices: [{kind: odd}]
END
python3 - "$dir/out" "$dir/vendor/x.yaml" <<'END' 2>>"$dir/out"
import json, sys
found = json.load(open(sys.argv[1]))
assert found["files"] == 1
(fault,) = found["faults"]
assert (fault["path"], fault["line"], fault["column"]) == (sys.argv[2], 3, 18), fault
assert fault["what"].startswith("notices[0].kind: unknown word 'odd'"), fault
END
ok 'faults as JSON'

printf 'vendor: same\nfrom: [a]\nnotices: [{}]\n' | tee "$dir/vendor/a.yaml" >"$dir/vendor/b.yaml"
./mailclinic check "$dir/vendor/a.yaml" "$dir/vendor/b.yaml" >"$dir/out" 2>&1
grep -qF "$dir/vendor/b.yaml:1:9: vendor: 'same' is the vendor of $dir/vendor/a.yaml already" "$dir/out"
ok 'two filters for one vendor'

# A directory of filters with samples beside it.
rm "$dir/vendor/"*
mkdir -p "$dir/filters/vendor" "$dir/samples/one" "$dir/samples/two"
cat >"$dir/filters/vendor/one.yaml" <<'END'
vendor: one
from: ['@one\.example$']
notices:
  - subject: ['Work (?<ref>\d+)$']
    must: [ref]
  - subject: ['Done (?<ref>\d+)$']
    must: [ref]
END
printf 'vendor: two\nfrom: [\047@two\\.example$\047]\nsays: [\047one network\047]\nnotices: [{}]\n' >"$dir/filters/vendor/two.yaml"
printf 'vendor: three\nfrom: [three]\nunseen: yes\nnotices: [{}]\n' >"$dir/filters/vendor/three.yaml"
printf 'From: noc@one.example\nSubject: Work 17\nDate: Tue, 1 Jan 2030 00:00:00 +0000\n\nWork on the one network.\n' >"$dir/samples/one/work.eml"
./mailclinic check --filters "$dir/filters" >"$dir/out" 2>&1
status=$?
[ "$status" -eq 78 ] && grep -qF "$dir/samples/one/work.eml: is claimed by $dir/filters/vendor/two.yaml too: " "$dir/out"
ok 'sample that another filter claims too'
grep -qF "$dir/filters/vendor/one.yaml:6:5: notices[1]: no sample reaches this notice" "$dir/out"
ok 'notice that no sample reaches'
grep -qF "$dir/filters/vendor/two.yaml: has no sample in $dir/samples/two and is not marked unseen" "$dir/out"
ok 'filter without sample'
[ "$(wc -l <"$dir/out")" -eq 4 ]
ok 'and nothing else'

./mailclinic check --help >"$dir/out" 2>&1 && [ "$(wc -l <"$dir/out")" -le 25 ] && [ "$(wc -L <"$dir/out")" -le 80 ]
ok 'help fits a screen'
./mailclinic check --nonsense >"$dir/out" 2>&1
[ $? -eq 64 ]
ok 'unknown option is a usage error'
./mailclinic check "$dir/none.yaml" >"$dir/out" 2>&1
[ $? -eq 78 ] && grep -qF "$dir/none.yaml: cannot be read: " "$dir/out"
ok 'file that is not there'
echo "1..$n"
