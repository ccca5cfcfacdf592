/* A disguised mail on its way out of the confined child, which takes the mail apart.
 * In: the bytes of a mail. Out: a reading that carries its disguise; and that disguise again. */
#ifndef MAILCLINIC_HAND_H
#define MAILCLINIC_HAND_H

#include "data/reading.h"
#include "disguise/disguise.h"

/* For confined_new_with(): data is a struct disguise. */
struct reading *hand_read(const void *disguise, GBytes *mail);

/* What hand_read() gave, as disguise_mail() gives it. NULL and an error. */
GBytes *hand_take(const struct disguise *disguise, const struct reading *handed, struct pairs **pairs, guint *sealed, GError **error);

#endif
