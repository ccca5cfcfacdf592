/* Fuzz target: workbooks and separated values as lines.
 * In: any bytes. Out: nothing, or an abort. */
#include "base/limits.h"
#include "reader/sheet.h"
#include "reader/text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = sheet_lines(bytes, &error);
        g_assert_true(lines ? !error : error && *error->message);
        g_assert_true(!lines || g_utf8_validate(lines, -1, NULL));
        g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
        g_autofree char *values = text_csv_lines(text, strlen(text));
        g_assert_true(g_utf8_validate(values, -1, NULL));
        for (unsigned i = 0; i < 4; i++) {
                g_autofree char *plain = text_lines(text, strlen(text), i & 1, i & 2);
                g_assert_null(strstr(plain, "\n\n"));
        }
        return 0;
}
