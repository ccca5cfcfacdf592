#!/bin/bash
# Every sample is read as a person said it should be, and claimed by its own vendor's filter alone.
# In: samples/VENDOR/CASE.eml with CASE.expect, filters/. Out: TAP; below a failure the difference.
top=$(cd "${srcdir:-.}" && pwd)
export MAILCLINIC_FILTERS=$top/filters
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0

# report NAME FINDINGS: a test that passes if nothing was found.
report() {
        n=$((n + 1))
        if [ -z "$2" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                # shellcheck disable=SC2001 # every line of it
                sed 's/^/# /' <<<"$2"
        fi
}

mapfile -t samples < <(find "$top/samples" \( -path '*/thread' -o -path '*/samples/root' \) -prune -o -name '*.eml' -print | sort)
if [ ${#samples[@]} = 0 ]; then
        echo "Bail out! no samples beneath $top/samples"
        exit 99
fi

# The vendor of each reading on stdin; "null" where there is none.
vendors() {
        awk '{ print match($0, /"vendor":("[^"]*"|null)/) ? substr($0, RSTART + 9, RLENGTH - 9) : "no reading" }' | tr -d '"'
}

for sample in "${samples[@]}"; do
        expect=${sample%.eml}.expect
        if [ -e "$expect" ]; then
                report "${sample#"$top/samples/"}" "$(./mailclinic explain --expect "$sample" 2>&1 | diff -u "$expect" - | tail -n +3)"
        else
                report "${sample#"$top/samples/"}" "no ${expect##*/} beside it: explain --expect prints one, a person checks it"
        fi
done

# With one filter at a time: its own samples and no others are claimed.
own=() others=()
for filter in "$top"/filters/vendor/*.yaml; do
        vendor=$(basename "$filter" .yaml)
        rm -rf "$work/filters" && mkdir -p "$work/filters/vendor"
        cp "$filter" "$work/filters/vendor/"
        cp "$top/filters/zones.yaml" "$top/filters/words.yaml" "$work/filters/" 2>/dev/null
        ./mailclinic explain --filters "$work/filters" --json "${samples[@]}" 2>"$work/errors" | vendors >"$work/vendors"
        if [ "$(wc -l <"$work/vendors")" != ${#samples[@]} ]; then
                others+=("$vendor: $(wc -l <"$work/vendors") readings of ${#samples[@]} samples: $(head -n 1 "$work/errors")")
                continue
        fi
        seen=0
        while IFS=$'\t' read -r claimed sample; do
                case $sample in
                "$top/samples/$vendor/"*)
                        seen=$((seen + 1))
                        [ "$claimed" = "$vendor" ] || own+=("$vendor does not claim ${sample#"$top/"}")
                        ;;
                "$top/samples/noise/"*) ;; # that a vendor may have sent
                *) [ "$claimed" = null ] || others+=("$vendor claims ${sample#"$top/"} too") ;;
                esac
        done < <(printf '%s\n' "${samples[@]}" | paste "$work/vendors" -)
        [ $seen != 0 ] || grep -qE '^unseen: +(yes|true)' "$filter" || own+=("$vendor has no sample, and does not say unseen: yes")
done
report 'every filter claims its own samples, and has some' "$(printf '%s\n' "${own[@]}")"
report 'no filter claims another'\''s samples' "$(printf '%s\n' "${others[@]}")"
# samples/noise/FILTER-CASE.eml is taken by filters/noise/FILTER.yaml, whatever other filters there are, and each of these has one.
taken=()
for filter in "$top"/filters/noise/*.yaml; do
        [ -e "$filter" ] || continue
        name=$(basename "$filter" .yaml)
        seen=0
        for sample in "$top/samples/noise/$name"-*.eml; do
                [ -e "$sample" ] || continue
                for longer in "$top/filters/noise/$name"-*.yaml; do
                        case $sample in "$top/samples/noise/$(basename "$longer" .yaml)"-*) continue 2 ;; esac
                done
                seen=$((seen + 1))
                grep -qF "\"filter noise/$name.yaml: " <<<"$(./mailclinic explain --json "$sample")" || taken+=("$name does not take ${sample#"$top/"}")
        done
        [ $seen != 0 ] || taken+=("$name has no sample")
done
report 'every noise filter takes its own samples, and has some' "$(printf '%s\n' "${taken[@]}")"
report 'check finds no fault in filters and samples' "$(./mailclinic check >"$work/faults" 2>&1 || cat "$work/faults")"
echo "1..$n"
