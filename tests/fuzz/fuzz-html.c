/* Fuzz target: HTML as lines, and whether a text is HTML.
 * In: any bytes. Out: nothing, or an abort. */
#include "base/limits.h"
#include "reader/html.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        gboolean cut = FALSE;
        g_autofree char *lines = html_lines((const char *)data, size, &cut);
        g_assert_true(g_utf8_validate(lines, -1, NULL));
        g_assert_cmpuint(strlen(lines), <=, 4 * LIMIT_PART_TEXT);
        g_assert_false(g_str_has_prefix(lines, "\n"));
        g_assert_null(strstr(lines, "\n\n\n"));
        html_is_html((const char *)data, size);
        return 0;
}
