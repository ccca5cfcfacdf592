/* How pages look that stand by themselves: light and dark, on a telephone and on paper.
 * In: nothing. Out: a style sheet. */
#ifndef MAILCLINIC_SHEET_CSS_H
#define MAILCLINIC_SHEET_CSS_H

/* Static. */
const char *sheet_css(void);

#endif
