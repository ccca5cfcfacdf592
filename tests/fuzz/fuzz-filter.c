/* Fuzz target: any bytes as a filter file. What the walk for places lets pass libcyaml must load, and nothing may crash or leak.
 * In: bytes, read as every sort of file. Out: nothing. */
#include "data/place.h"
#include "data/schema.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as(enum schema_file file, const char *bytes, gsize size)
{
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func((GDestroyNotify)g_error_free);
        g_autoptr(GError) error = NULL;

        place_read("x.yaml", bytes, size, schema_of(file), places, faults);
        void *loaded = schema_load(file, bytes, size, &error);
        if (faults->len == 0)
                g_assert_no_error(error);
        schema_free(file, loaded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        for (enum schema_file file = 0; file < SCHEMA_COUNT; file++)
                read_as(file, (const char *)data, size);
        return 0;
}
