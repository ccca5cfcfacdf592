# Test lines of TAP for tests of behaviour, which source this; `n` is how many there were.
# In: what was got and what was expected. Out: TAP; below a failure the difference.
n=0

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

# has NAME TEXT WORDS: the words stand in the text.
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
