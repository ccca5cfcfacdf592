/* A length of time as people write it: "12h", "7 days", "4 weeks".
 * In: text. Out: seconds. */
#include "data/lapse.h"

#include <string.h>

enum { DIGITS_AT_MOST = 4 };

static const struct {
        const char *word;
        gint64 seconds;
} units[] = {
        {"h", 3600},         {"hour", 3600},       {"hours", 3600},         {"d", 24 * 3600},         {"day", 24 * 3600},
        {"days", 24 * 3600}, {"w", 7 * 24 * 3600}, {"week", 7 * 24 * 3600}, {"weeks", 7 * 24 * 3600},
};

bool lapse_read(const char *text, gint64 *seconds)
{
        gsize digits = strspn(text, "0123456789");
        const char *unit = text + digits + (text[digits] == ' ');
        if (digits == 0 || digits > DIGITS_AT_MOST || *text == '0')
                return false;
        for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
                if (strcmp(units[i].word, unit) != 0)
                        continue;
                if (seconds)
                        *seconds = g_ascii_strtoll(text, NULL, 10) * units[i].seconds;
                return true;
        }
        return false;
}
