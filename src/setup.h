/* What the reading commands share: options, settings and filters loaded, and a reader ready to be used.
 * In: the command line, the environment, the configuration. Out: a struct reader, and the faults of the filters. */
#ifndef MAILCLINIC_SETUP_H
#define MAILCLINIC_SETUP_H

#include "data/filter.h"
#include "data/settings.h"
#include "reader/reader.h"

#include <glib.h>

/* What the shared options gave; zeroed before. */
struct setup_options {
        char *config;     /* --config FILE; NULL: the usual places */
        char **filters;   /* --filters DIR, several in order; NULL: the usual places */
        char *stream;     /* --stream NAME, of the commands that have it; NULL: maint */
        char *vendor;     /* --vendor NAME: read every mail as this vendor's; NULL: find out */
        const char *kept; /* where loaded filters are kept, for the next to come; borrowed; NULL: nowhere */
};

struct setup {
        struct settings *settings;
        struct filters *filters;
        char **directories;  /* where the filters were looked for, the first wins */
        GPtrArray *problems; /* GError: faults of single filter files, which were left out */
        struct re_set *patterns;
        struct label_set *labels;
        struct zone_set *zones;
        struct reader reader; /* borrows the above, and vendor from the options */
};

/* Add --config, --filters and --vendor to a command. `options` must outlive the context's parsing. */
void setup_options_add(struct setup_options *options, GOptionContext *context);

/* Add --stream. */
void setup_stream_add(struct setup_options *options, GOptionContext *context);
void setup_options_clear(struct setup_options *options);

/* Load settings and filters. Filters come from --filters alone where it is given; else from the configured directory of the site, then the
 * shipped ones: $MAILCLINIC_FILTERS, else the installed directory, else `filters` beside the program. `options` is borrowed for as long as
 * the setup lives. NULL and an error if the configuration is bad, no directory can be opened, or --vendor names none. Caller frees. */
struct setup *setup_new(const struct setup_options *options, GError **error);

/* The same in two steps, for who needs the settings first: the settings alone, then the filters and the reader. */
struct setup *setup_settings(const struct setup_options *options, GError **error);
bool setup_reader(struct setup *setup, const struct setup_options *options, GError **error);
void setup_free(struct setup *setup);

/* Say on stderr, one line each, which filter files were left out and why. */
void setup_report(const struct setup *setup, const char *command);

#endif
