/* What the tables of data/schema.h cannot say of the configuration: values that do not go together, folders and lengths of time that are
 * none. In: the configuration as it was read. Out: the first fault. */
#ifndef MAILCLINIC_SETTINGS_CHECK_H
#define MAILCLINIC_SETTINGS_CHECK_H

#include <stdbool.h>

#include "data/settings.h"

/* `path` is the file, for the message. */
bool settings_check(const struct settings *settings, const char *path, GError **error);

#endif
