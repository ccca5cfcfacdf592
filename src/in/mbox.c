/* One file of mails: an mbox, split by ourselves, or a single mail.
 * In: a path. Out: the bytes of one mail after another. */
#include "in/mbox.h"

#include "base/fail.h"
#include "base/limits.h"
#include "in/pieces.h"

#include <stdio.h>
#include <string.h>

struct mbox {
        char *path;
        struct pieces *pieces;
        bool is_mail;  /* whatever it begins with */
        bool is_begun; /* the first line has been seen */
        bool is_split; /* an mbox */
        bool is_done;
        bool is_in_line; /* the last line had no end */
        gint64 next;     /* offset of the mail that comes next */
        GError *failure; /* why it is done, to be told after the last mail */
};

void raw_mail_free(struct raw_mail *mail)
{
        if (mail == NULL)
                return;
        g_free(mail->file);
        g_clear_pointer(&mail->bytes, g_bytes_unref);
        g_free(mail->note);
        g_free(mail);
}

struct mbox *mbox_open(const char *path, bool is_mail, GError **error)
{
        struct source *source = source_open(path, error);
        struct mbox *mbox;

        if (source == NULL)
                return NULL;
        mbox = g_new0(struct mbox, 1);
        mbox->path = g_strdup(path);
        mbox->pieces = pieces_new(source);
        mbox->is_mail = is_mail;
        return mbox;
}

void mbox_free(struct mbox *mbox)
{
        if (mbox == NULL)
                return;
        pieces_free(mbox->pieces);
        g_clear_error(&mbox->failure);
        g_free(mbox->path);
        g_free(mbox);
}

gint64 mbox_at(const struct mbox *mbox)
{
        return pieces_at(mbox->pieces);
}

static bool begins_with(const char *bytes, gsize length, const char *prefix)
{
        return length >= strlen(prefix) && memcmp(bytes, prefix, strlen(prefix)) == 0;
}

static bool is_empty_line(const struct piece *piece)
{
        return piece->begins && piece->ends && (piece->length == 1 || (piece->length == 2 && piece->bytes[0] == '\r'));
}

/* asctime(3)'s date and time, with the zones, offsets and missing seconds that writers of mailboxes put in, and its year after them. */
static bool is_date(const char *text)
{
        static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
        char weekday[4], month[4];
        g_autofree char *lower = NULL;
        unsigned day, hour, minute, year;
        int length = 0;

        if (sscanf(text, "%3[A-Za-z] %3[A-Za-z] %2u %2u:%2u%n", weekday, month, &day, &hour, &minute, &length) != 5)
                return false;
        lower = g_ascii_strdown(month, -1);
        if (strlen(lower) != 3 || strstr(months, lower) == NULL || day > 31 || hour > 23 || minute > 59)
                return false;
        for (const char *word = strchr(text + length, ' '); word != NULL; word = strchr(word + 1, ' '))
                if (sscanf(word, " %4u%n", &year, &length) == 1 && year >= 1970 && !g_ascii_isalnum(word[length]))
                        return true;
        return false;
}

/* Shaped like RFC 4155's "From SENDER DATE"; the sender may hold blanks ("name at example.com"). */
static bool is_from_line(const struct piece *piece)
{
        g_autofree char *line = NULL;

        if (piece->length > LIMIT_PIECE_NEXT || !begins_with(piece->bytes, piece->length, "From "))
                return false;
        line = g_strndup(piece->bytes, piece->length);
        for (const char *word = strchr(line, ' '); word != NULL; word = strchr(word + 1, ' '))
                if (is_date(word + 1))
                        return true;
        return false;
}

/* A header field's name and colon (RFC 5322 2.2, with the blanks before the colon of 4.5); where the bytes end in the name, it may be one.
 */
static bool is_header_line(const char *bytes, gsize length)
{
        gsize i = 0;

        while (i < length && bytes[i] > ' ' && bytes[i] < '\x7f' && bytes[i] != ':')
                i++;
        if (i == 0)
                return false;
        while (i < length && (bytes[i] == ' ' || bytes[i] == '\t'))
                i++;
        return i == length || bytes[i] == ':';
}

static bool is_separator(const struct piece *piece, bool is_after_empty)
{
        return is_after_empty && piece->begins && piece->ends && is_from_line(piece) && is_header_line(piece->next, piece->next_length);
}

/* Keep the bytes as far as a mail may go, and one more, so that the reader sees that it went further. */
static void add_bytes(GByteArray *bytes, const char *more, gsize length)
{
        gsize space = LIMIT_MAIL + 1 - bytes->len;

        g_byte_array_append(bytes, (const guint8 *)more, (guint)MIN(length, space));
}

static void add_line(GByteArray *bytes, const struct piece *piece)
{
        gsize quotes = 0;

        while (piece->begins && quotes < piece->length && piece->bytes[quotes] == '>')
                quotes++;
        if (quotes > 0 && begins_with(piece->bytes + quotes, piece->length - quotes, "From "))
                add_bytes(bytes, piece->bytes + 1, piece->length - 1);
        else
                add_bytes(bytes, piece->bytes, piece->length);
}

/* Look at the first line that is not empty: is it an mbox, or a mail, whose first bytes it then is? False where there is none. */
static bool begin(struct mbox *mbox, GByteArray *bytes)
{
        static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8 */
        struct piece piece;
        gsize skip;

        mbox->is_begun = true;
        do {
                if (!pieces_next(mbox->pieces, &piece, &mbox->failure)) {
                        mbox->is_done = true;
                        return mbox->is_mail && mbox->failure == NULL;
                }
        } while (is_empty_line(&piece));
        skip = begins_with(piece.bytes, piece.length, mark) ? strlen(mark) : 0;
        mbox->next = piece.offset;
        mbox->is_split = begins_with(piece.bytes + skip, piece.length - skip, "From ");
        if (mbox->is_split)
                return true;
        if (mbox->is_mail || is_header_line(piece.bytes + skip, piece.length - skip)) {
                add_bytes(bytes, piece.bytes, piece.length);
                return true;
        }
        g_set_error(&mbox->failure, FAIL, FAIL_DATA, "%s: neither an mbox nor a mail: it begins with no From_ line and no header field",
                    mbox->path);
        mbox->is_done = true;
        return false;
}

/* Take the lines up to the next From_ line, or to the end. */
static void take_mail(struct mbox *mbox, GByteArray *bytes)
{
        bool is_after_empty = false;
        struct piece piece;

        while (pieces_next(mbox->pieces, &piece, &mbox->failure)) {
                if (mbox->is_split && is_separator(&piece, is_after_empty)) {
                        mbox->next = piece.offset;
                        return;
                }
                is_after_empty = is_empty_line(&piece);
                mbox->is_in_line = !piece.ends;
                if (mbox->is_split)
                        add_line(bytes, &piece);
                else
                        add_bytes(bytes, piece.bytes, piece.length);
        }
        mbox->is_done = true;
}

/* Drop the last line if it is empty, whichever line ends the mail and the writer of the mailbox used. */
static void drop_empty_line(GByteArray *bytes)
{
        guint n = bytes->len;

        if (n == 0 || bytes->data[n - 1] != '\n')
                return;
        n--;
        if (n > 0 && bytes->data[n - 1] == '\r')
                n--;
        if (n > 0 && bytes->data[n - 1] == '\n')
                g_byte_array_set_size(bytes, n);
}

static const char *what_is_odd(const struct mbox *mbox)
{
        if (mbox->is_done && mbox->failure != NULL)
                return "the file could not be read to the end of this mail";
        if (mbox->is_done && mbox->is_split && mbox->is_in_line)
                return "the mailbox ends within this mail";
        return NULL;
}

struct raw_mail *mbox_next(struct mbox *mbox, GError **error)
{
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        struct raw_mail *mail;

        if (mbox->is_done || (!mbox->is_begun && !begin(mbox, bytes))) {
                if (mbox->failure != NULL)
                        g_propagate_error(error, g_steal_pointer(&mbox->failure));
                return NULL;
        }
        mail = g_new0(struct raw_mail, 1);
        mail->file = g_strdup(mbox->path);
        mail->offset = mbox->next;
        take_mail(mbox, bytes);
        if (mbox->is_split && bytes->len <= LIMIT_MAIL)
                drop_empty_line(bytes);
        mail->note = g_strdup(what_is_odd(mbox));
        mail->bytes = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
        return mail;
}
