/* Where a text holds what looks like a secret: tokens, passwords, keys, cookies, mail addresses, long hexadecimal numbers, and texts of
 * base64 that hold any of them or look random.
 * In: text. Out: which of its bytes are not to be shown. Doubt counts as a find: too much is hidden rather than too little. */
#ifndef MAILCLINIC_SECRET_H
#define MAILCLINIC_SECRET_H

#include <stdbool.h>

#include <glib.h>

/* The compiled patterns. */
struct secrets;

struct secrets *secrets_new(void);
void secrets_free(struct secrets *secrets);

/* A span of bytes that hide. */
typedef void secret_hide(gsize start, gsize end, void *data);

/* Call `hide` for every find in n bytes of valid UTF-8. `is_joined`: its line breaks were taken out, so that "the rest of the line" means
 * nothing. Where a pattern gives up, all is hidden. */
void secrets_find(struct secrets *secrets, const char *text, gsize n, bool is_joined, secret_hide *hide, void *data);

#endif
