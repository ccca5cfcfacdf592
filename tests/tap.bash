# What tests in TAP say: results numbered by $n, which the script begins with 0.
# To be sourced by bash, before the directory is changed.
# shellcheck shell=bash

# is NAME GOT EXPECTED
is() {
        n=$((n + 1))
        if [ "$2" = "$3" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                diff <(printf '%s\n' "$3") <(printf '%s\n' "$2") | sed 's/^/# /'
        fi
}

# has NAME TEXT WORDS: the words stand in the text. lacks: they do not.
has() {
        n=$((n + 1))
        if grep -qF -- "$3" <<<"$2"; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                printf '# no "%s" in:\n' "$3"
                head -c 3000 <<<"$2" | sed 's/^/# /'
        fi
}

lacks() {
        n=$((n + 1))
        if grep -qF -- "$3" <<<"$2"; then
                echo "not ok $n - $1"
                printf '# "%s" stands there\n' "$3"
        else
                echo "ok $n - $1"
        fi
}
