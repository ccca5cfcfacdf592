#!/bin/bash
# At most one task for an issue, and each comment once, whatever answer is lost and wherever it is killed.
# In: as of tests/tracker.sh. Out: TAP; how many faults, kills and tasks there were.
exec bash "${srcdir:-.}/tests/tracker.sh" faults refusals comments_lost killed
