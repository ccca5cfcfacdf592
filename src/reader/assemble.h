/* Notices from captures: rows become windows and circuits, words become statuses and impacts.
 * In: an attempt whose fields and rows are read. Out: its notices. */
#ifndef MAILCLINIC_ASSEMBLE_H
#define MAILCLINIC_ASSEMBLE_H

#include "reader/extract.h"

/* Fill attempt->notices, doubts and notes from its fields and rows, and from the calendar where the body is one. */
void assemble(struct attempt *attempt);

#endif
