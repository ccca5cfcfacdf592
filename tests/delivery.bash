# What the tests of deliver share: a filter, mails, a ledger in a place of its own, and strace that makes calls fail.
# In: ./mailclinic, sourced by bash. Out: functions; $work, removed at the end.
program=$PWD/mailclinic
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/filters/vendor"
cat >"$work/filters/vendor/tidewater.yaml" <<'END_FILTER'
vendor: tidewater
from:   ['@tidewater\.example$']
zone:   UTC
labels: {status: [State], start: [Start], end: [End], circuit: [Line], impact: [Effect]}
find:   ['^Work order (?<ref>\S+)$']
status: {CONFIRMED: ['planned'], CANCELLED: ['withdrawn']}
impact: {OUTAGE: ['down']}
notices: [{subject: ['Cable work']}]
END_FILTER
state=$work/state
log=$work/log
echo "ledger: $state" >"$work/config.yaml"
n=0

# is NAME GOT EXPECTED; the name of a guarantee's test is "G7: what was done to it".
is() {
        n=$((n + 1))
        [[ $1 != G[0-9]* ]] || add_up "$1"
        if [ "$2" = "$3" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                [[ $1 != G[0-9]* ]] || broken[${1%%:*}]=yes
                diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed 's/^/# /'
        fi
}

# Each test of a guarantee is a fault, or as many as its name begins with: "G4: 48 kills ...".
declare -A done_to broken
add_up() {
        local number=1
        [[ ! $1 =~ ^G[0-9]+:\ ([0-9]+)\ (injected|kills|errors|faults|deliveries|copies|mails|of) ]] || number=${BASH_REMATCH[1]}
        done_to[${1%%:*}]=$((${done_to[${1%%:*}]:-0} + number))
}

guaranteed() {
        [ -z "$1" ] && echo '0 lost, 0 bounced, 0 doubled' || echo 'NOT KEPT'
}

# The end of a test: what was done to each guarantee, and the plan.
finish() {
        local guarantee
        while read -r guarantee; do
                echo "# $guarantee: ${done_to[$guarantee]} faults injected: $(guaranteed "${broken[$guarantee]-}")"
        done < <(printf '%s\n' "${!done_to[@]}" | grep . | sort -V)
        echo "1..$n"
}

skip() {
        n=$((n + 1))
        echo "ok $n - $1 # SKIP $2"
}

# mail ID [STATE]: a notice.
mail() {
        printf 'From: Tidewater NOC <noc@tidewater.example>\nTo: maint-announce@example.org\nSubject: Cable work %s\n' "$1"
        printf 'Date: Fri, 01 Mar 2030 09:00:00 +0000\nMessage-ID: <%s@tidewater.example>\n\n' "$1"
        printf 'Work order %s\nState: %s\nStart: 9 March 2030 23:00\nEnd: 10 March 2030 02:30\nLine: TW/LON/1\nEffect: down\n' "$1" "${2-planned}"
}

# As exim starts it: an environment of its own, fd 1 and 2 one pipe. Its output must be nothing: it is kept.
as_exim() {
        env -i LOCAL_PART=maint-announce DOMAIN=example.org RECIPIENT=maint-announce@example.org SENDER=noc@tidewater.example HOME="$work" \
                PATH=/bin:/usr/bin MAILCLINIC_FILTERS="$work/filters" "$@"
}
deliver() {
        as_exim "$program" deliver --config "$work/config.yaml" --log "$log" "$@" >>"$work/said" 2>&1
}

# traced OPTION... : deliver beneath strace.
traced() {
        as_exim strace -qq -o "$work/trace" "$@" "$program" deliver --config "$work/config.yaml" --log "$log" >>"$work/said" 2>&1
}

fresh() {
        rm -rf "$state" "$log"
}

# "MAILS EVENTS ACTS SPOOLED" of the ledger, asked for by a process of its own that looks the whole database through.
counts() {
        MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/config.yaml" --json |
                sed -nE 's/.*"fault":(null|"[^"]*").*"all":([0-9]+).*"events":([0-9]+).*"acts":([0-9]+).*"spool":\{"mails":([0-9]+).*/\2 \3 \4 \5 \1/p' |
                sed 's/ null$//'
}

# How many mails have this resolution.
resolved() {
        MAILCLINIC_FILTERS=$work/filters "$program" status --config "$work/config.yaml" --json | sed -nE "s/.*\"$1\":([0-9]+).*/\1/p"
}

# Sanitizers want crashes, limits and standard error for themselves, and do not work beneath strace.
is_sanitized() {
        ldd "$program" | grep -q libasan
}

has_strace() {
        ! is_sanitized && command -v strace >/dev/null && as_exim strace -qq -o /dev/null true 2>/dev/null
}

# calls CALL: how often a delivery into an empty ledger makes it (the parent alone): before it has armed itself, and in all. Before that is the
# loader, whose 127 no program can help.
calls() {
        fresh
        traced -e trace="$1",alarm <"$work/one"
        awk -v call="$1" '/^alarm\(/ { before = n + 0 } index($0, call "(") == 1 { n++ } END { print before + 0, n + 0 }' "$work/trace"
}

# fault CALL STEP WHAT: for every STEP-th CALL of a delivery into an empty ledger, let it go wrong (error=..., signal=...), and call `judge STATUS`.
fault() {
        local before total i status
        read -r before total < <(calls "$1")
        for ((i = before + 1; i <= total; i += $2)); do
                fresh
                traced -e trace="$1" -e inject="$1:$3:when=$i" <"$work/one"
                status=$?
                # How often some calls are made depends on the scheduler: this run may not have come so far.
                [ "$(grep -c "^$1(" "$work/trace")" -ge "$i" ] || continue
                injected=$((injected + 1))
                judge $status "$1 $3 when=$i"
        done
}

wrong=
blame() {
        wrong="$wrong$1
"
}

mail TW-1 >"$work/one"
mail TW-2 >"$work/two"
: >"$work/said"
