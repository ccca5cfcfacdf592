#!/bin/sh
# Every fuzz target survives its seeds (what the samples hold, and what an earlier run of the fuzzer fell over).
# In: tests/fuzz/fuzz-NAME of the build directory. Out: TAP.
seeds=$(mktemp -d) || exit 99
trap 'rm -rf "$seeds"' EXIT
if ! "${srcdir:-.}/tests/fuzz/make-seeds" "$seeds"; then
        echo "Bail out! no seeds could be made"
        exit 99
fi
n=0
for source in "${srcdir:-.}"/tests/fuzz/fuzz-*.c; do
        n=$((n + 1))
        target=$(basename "$source" .c)
        target=${target#fuzz-}
        if [ ! -d "$seeds/$target" ]; then
                echo "not ok $n - $target: no sample gives a seed"
        elif tests/fuzz/fuzz-"$target" "$seeds/$target" >"$seeds/log" 2>&1; then
                echo "ok $n - $target: $(find "$seeds/$target" -type f | wc -l) seeds"
        else
                echo "not ok $n - $target"
                sed 's/^/# /' "$seeds/log"
        fi
done
echo "1..$n"
