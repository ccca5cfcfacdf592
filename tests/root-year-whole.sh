#!/bin/bash
# The whole year of root@ mail: 60,000 mails.
# In: as tests/root-year.sh. Out: TAP.
MAILS=60000 exec "${srcdir:-.}/tests/root-year.sh"
