/* The floor that replay is measured against: GMime alone parses a mailbox and decodes the text of every part.
 * In: an mbox. Out: how many messages, parts and bytes of text; status 1 where GMime's own mbox mode does not move on. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <gmime/gmime.h>

struct sum {
        long messages, parts;
        size_t text;
};

static void add_part(GMimeObject *parent, GMimeObject *part, gpointer data)
{
        struct sum *sum = data;
        (void)parent;
        sum->parts++;
        if (!GMIME_IS_TEXT_PART(part))
                return;
        g_autofree char *text = g_mime_text_part_get_text((GMimeTextPart *)part);
        sum->text += text ? strlen(text) : 0;
}

static int parse(GMimeParser *parser, struct sum *sum)
{
        for (gint64 last = -1; !g_mime_parser_eos(parser);) {
                GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
                gint64 at = g_mime_parser_tell(parser);
                if (!message && at == last) {
                        fprintf(stderr, "gmime-floor: GMime stands still at byte %" G_GINT64_FORMAT "\n", at);
                        return 1;
                }
                if (!message) {
                        last = at;
                        continue;
                }
                sum->messages++;
                g_mime_message_foreach(message, add_part, sum);
                g_object_unref(message);
        }
        return 0;
}

int main(int argc, char **argv)
{
        FILE *file = argc == 2 ? fopen(argv[1], "re") : NULL;
        struct sum sum = {0};
        if (!file) {
                fprintf(stderr, "gmime-floor: %s\n", argc == 2 ? strerror(errno) : "usage: gmime-floor MBOX");
                return 66;
        }
        g_mime_init();
        GMimeStream *stream = g_mime_stream_file_new(file);
        GMimeParser *parser = g_mime_parser_new_with_stream(stream);
        g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
        int status = parse(parser, &sum);
        printf("%ld messages, %ld parts, %zu bytes of text\n", sum.messages, sum.parts, sum.text);
        g_object_unref(parser);
        g_object_unref(stream);
        return status;
}
