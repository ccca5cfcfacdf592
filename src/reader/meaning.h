/* What words mean: a vendor's words for status and impact, and what sort of notice they make.
 * In: captured words, a filter, a mail. Out: BCOP status and impact, kind. */
#ifndef MAILCLINIC_MEANING_H
#define MAILCLINIC_MEANING_H

#include "reader/extract.h"

/* The status that captured words say: by the filter's words, in the order of enum status, else the BCOP word itself, else (a doubt) by
 * the words usual among vendors. STATUS_NONE and a doubt where none fits; STATUS_NONE alone for NULL. */
enum status meaning_status(struct attempt *attempt, const char *words);

/* The same for impact; words that mean nothing ("N/A") are no doubt. */
enum impact meaning_impact(struct attempt *attempt, const char *words);

/* The kind of a mail whose attempt was taken (FILTERS.md "How it reads" 6). */
enum kind meaning_kind(struct attempt *attempt);

/* Whether one of the rule's words of this nature stands in subject or text. */
bool meaning_nature(struct attempt *attempt, enum nature nature);

#endif
