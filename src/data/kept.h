/* Filters that were loaded once, kept as a file that is loaded in a twentieth of the time: for those who read one mail and are done.
 * In: filters and the files they are of. Out: the same filters, as long as none of those files is another one by now. */
#ifndef MAILCLINIC_KEPT_H
#define MAILCLINIC_KEPT_H

#include "data/filter.h"

#include <glib.h>

/* As filters_load(), from the file `kept` if that is of these directories as they are, and of this very program; else they are loaded from
 * the directories and kept there if nothing is wrong with any. The file is only believed if it is ours and nobody else may read or write
 * it. That it cannot be read or written is no error. */
struct filters *kept_load(const char *kept, const char *const *directories, GPtrArray *problems, GError **error);

#endif
