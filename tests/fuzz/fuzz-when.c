/* Dates, lengths of time, zones and forms of any bytes: what is found must stand in the text, and be a date. */
#include "reader/when.h"
#include "reader/zone.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *text, const struct when *when)
{
        gsize length = strlen(text);
        g_assert_true(when->start < when->end && when->end <= length);
        g_assert_true(when->zone_start <= when->zone_end && when->zone_end <= length);
        g_assert_true(when->month >= 0 && when->month <= 12 && when->day >= 0 && when->day <= 31);
        g_assert_true(when->hour >= -1 && when->hour <= 24 && when->minute < 60 && when->second < 60);
        g_assert_true((when->month == 0) == (when->day == 0));
}

static void read_zone(const char *text)
{
        struct zone *zone = zone_from_text(text);
        struct civil civil = {2021, 7, 14, 8, 1, 0};
        gint64 utc;
        bool is_ambiguous;
        g_assert_true(!zone || zone_to_utc(zone, &civil, &utc, &is_ambiguous));
        zone_free(zone);
}

/* The first line is a form. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autofree char *form = g_strndup((const char *)data, size);
        char *text = strchr(form, '\n');
        if (!text)
                return 0;
        *text++ = '\0';
        struct words forms = {&form, 1};
        struct when when;
        if (when_read(text, &forms, &when))
                check(text, &when);
        for (gsize from = 0; when_find(text, from, &forms, &when); from = when.end)
                check(text, &when);
        g_assert_true(when_duration(text) >= -1);
        read_zone(text);
        g_autofree char *fault = when_form_fault(form);
        g_assert_true(!fault || *fault);
        g_autofree char *example = NULL;
        g_assert_false(when_forms_ambiguous(form, form, &example));
        return 0;
}
