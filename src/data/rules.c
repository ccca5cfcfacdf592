/* When a problem of root@ mail is to have a task, and when it is quiet: of its kind, by the configuration and the filters.
 * In: the configuration, the filters, a kind. Out: numbers. */
#include "data/rules.h"

#include "data/lapse.h"

#include <string.h>

#define USUAL_AFTER  "3"
#define USUAL_WITHIN "7d"
#define USUAL_QUIET  "30d"

/* As they are written; NULL where they are not given. */
struct written {
        const char *after, *within, *quiet;
};

static void fill(struct written *written, const struct root_open *open, const char *quiet)
{
        written->after = written->after ? written->after : open->after;
        written->within = written->within ? written->within : open->within;
        written->quiet = written->quiet ? written->quiet : quiet;
}

static void fill_from_filter(struct written *written, const struct filters *filters, const char *kind)
{
        for (guint i = 0; i < filters->root->len; i++) {
                const struct root_filter *filter = filters->root->pdata[i];
                if (strcmp(filter->kind, kind) == 0) {
                        fill(written, &filter->open, filter->quiet);
                        return;
                }
        }
}

struct rules rules_for(const struct settings *settings, const struct filters *filters, const char *kind)
{
        static const struct root_open usual = {.after = (char *)USUAL_AFTER, .within = (char *)USUAL_WITHIN};
        struct written written = {0};
        struct rules rules = {0};
        for (unsigned i = 0; i < settings->kinds_n; i++)
                if (strcmp(settings->kinds[i].kind, kind) == 0)
                        fill(&written, &settings->kinds[i].open, settings->kinds[i].quiet);
        if (filters)
                fill_from_filter(&written, filters, kind);
        fill(&written, &settings->open, settings->quiet);
        fill(&written, &usual, USUAL_QUIET);
        rules.after = (int)g_ascii_strtoll(written.after, NULL, 10);
        lapse_read(written.within, &rules.within);
        lapse_read(written.quiet, &rules.quiet_after);
        return rules;
}
