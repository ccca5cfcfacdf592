/* Runs a fuzz target on files and directories of files, where no fuzzer is linked: `make check` and coverage.
 * In: paths on the command line. Out: exit status 0 if every file was there and none brought the target down. */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean replay_file(const char *path)
{
        g_autofree char *bytes = NULL;
        g_autoptr(GError) error = NULL;
        gsize length = 0;

        if (!g_file_get_contents(path, &bytes, &length, &error)) {
                g_printerr("%s\n", error->message);
                return FALSE;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
        return TRUE;
}

static gboolean replay(const char *path)
{
        g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);

        if (directory == NULL)
                return replay_file(path);
        for (const char *name = g_dir_read_name(directory); name != NULL; name = g_dir_read_name(directory)) {
                g_autofree char *file = g_build_filename(path, name, NULL);
                if (!replay_file(file))
                        return FALSE;
        }
        return TRUE;
}

int main(int argc, char **argv)
{
        gboolean is_done = argc > 1;

        for (int i = 1; i < argc; i++)
                is_done = replay(argv[i]) && is_done;
        return is_done ? 0 : 1;
}
