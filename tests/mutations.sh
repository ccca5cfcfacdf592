#!/bin/bash
# No edit that a vendor might make changes a reading silently (tests/mutate.py says what is edited, and what is silent).
# In: samples/, and real mail of the vendors that have a filter where it stands in ../shared. Out: TAP.
top=${srcdir:-.}
shared=${MAILCLINIC_SHARED-$top/../shared}
if ! command -v python3 >/dev/null; then
        echo '1..0 # SKIP python3 is not installed'
        exit 0
fi
directories=("$top/samples")
for filter in "$top"/filters/vendor/*.yaml; do
        for corpus in vendor vendor-new; do
                folder=$shared/corpus/$corpus/$(basename "$filter" .yaml)
                [ ! -d "$folder" ] || directories+=("$folder")
        done
done
export XDG_STATE_HOME=/nonexistent # no ledger but an empty one
exec python3 "$top/tests/mutate.py" ./mailclinic "${directories[@]}"
