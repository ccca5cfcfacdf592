#!/bin/bash
# The whole year of root@ mail: 60,000 mails, at least 2,000 a second.
# In: as tests/root-year.sh. Out: TAP.
MAILS=60000 RATE=2000 exec "${srcdir:-.}/tests/root-year.sh"
