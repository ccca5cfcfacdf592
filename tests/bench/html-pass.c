/* What html_lines() costs beside a bare pass of libxml2's SAX parser that does nothing with what it finds.
 * In: HTML files. Out: microseconds a file for both, and their ratio. */
#include <stdio.h>
#include <string.h>

#include <glib.h>
#include <libxml/HTMLparser.h>

#include "reader/html.h"

enum { ROUNDS = 200 };

static void bare_pass(const char *html, gsize length)
{
        xmlSAXHandler nothing = {0};
        htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&nothing, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
        htmlParseChunk(parser, html, (int)length, 1);
        htmlFreeParserCtxt(parser);
}

static void own_pass(const char *html, gsize length)
{
        gboolean cut = FALSE;
        g_free(html_lines(html, length, &cut));
}

/* Microseconds of one pass over a file, the best of all rounds, since others use the machine too. */
static double cost(void (*pass)(const char *html, gsize length), const char *html, gsize length)
{
        gint64 best = G_MAXINT64;
        for (int i = 0; i < ROUNDS; i++) {
                gint64 begun = g_get_monotonic_time();
                pass(html, length);
                best = MIN(best, g_get_monotonic_time() - begun);
        }
        return (double)best;
}

int main(int argc, char **argv)
{
        double bare = 0, own = 0;
        for (int i = 1; i < argc; i++) {
                g_autofree char *html = NULL;
                gsize length = 0;
                if (!g_file_get_contents(argv[i], &html, &length, NULL))
                        continue;
                bare += cost(bare_pass, html, length);
                own += cost(own_pass, html, length);
        }
        printf("%.1f %.1f\n", bare / MAX(argc - 1, 1), own / MAX(argc - 1, 1));
        return 0;
}
