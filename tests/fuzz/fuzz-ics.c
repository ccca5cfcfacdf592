/* iCalendar of any bytes: it is read or refused, and what is read has its texts. */
#include "reader/ics.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct calendar *calendar)
{
        g_assert_nonnull(calendar->method);
        for (guint i = 0; i < calendar->events->len; i++) {
                const struct calendar_event *event = calendar->events->pdata[i];
                g_assert_true(event->start == CALENDAR_NO_TIME || event->start_text);
                for (int f = 0; f < FIELD_COUNT; f++)
                        g_assert_true(!event->field[f] || (*event->field[f] && g_utf8_validate(event->field[f], -1, NULL)));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autoptr(GError) error = NULL;
        struct calendar *calendar = ics_read((const char *)data, size, &error);
        g_assert_true((calendar == NULL) == (error != NULL));
        if (calendar)
                check(calendar);
        calendar_free(calendar);
        g_autofree char *lines = ics_lines((const char *)data, size);
        g_assert_true(g_utf8_validate(lines, -1, NULL));
        ics_is_calendar((const char *)data, size);
        return 0;
}
