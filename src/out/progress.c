/* A progress bar on stderr, only where stderr is a terminal.
 * In: bytes and mails done. Out: one line that is redrawn in place at most ten times a second. */
#include "out/progress.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/visible.h"
#include "out/paint.h"

enum { BAR_WIDTH = 24 };

struct progress {
        char *label;
        gint64 started, drawn; /* monotonic microseconds */
        bool is_shown;
};

static const gint64 redraw_after = G_USEC_PER_SEC / 10;

struct progress *progress_new(const char *label)
{
        struct paint paint = paint_of(stderr);
        if (!paint.is_terminal)
                return NULL;
        struct progress *progress = g_new0(struct progress, 1);
        progress->label = g_strdup(label);
        progress->started = progress->drawn = g_get_monotonic_time();
        return progress;
}

void progress_free(struct progress *progress)
{
        if (!progress)
                return;
        progress_hide(progress);
        g_free(progress->label);
        g_free(progress);
}

/* Blanks and no escape sequence wipe the rest, so that the dumbest terminal will do; the last column is left free lest it wraps. */
static void draw(const char *line)
{
        struct paint paint = paint_of(stderr);
        fputc('\r', stderr);
        paint_text(&paint, line);
        fprintf(stderr, "%*s", MAX(paint.width - 1 - visible_width(line), 0), "");
        fflush(stderr);
}

void progress_show(struct progress *progress, guint64 bytes, guint64 total_bytes, guint64 mails)
{
        gint64 now = progress ? g_get_monotonic_time() : 0;
        if (!progress || now - progress->drawn < redraw_after)
                return;
        double seconds = (double)(now - progress->started) / G_USEC_PER_SEC;
        g_autofree char *line = progress_line(progress->label, bytes, total_bytes, mails, seconds, paint_of(stderr).width - 1);
        draw(line);
        progress->drawn = now;
        progress->is_shown = true;
}

void progress_hide(struct progress *progress)
{
        if (!progress || !progress->is_shown)
                return;
        draw("");
        fputc('\r', stderr);
        fflush(stderr);
        progress->drawn = 0;
        progress->is_shown = false;
}

static void append_left(GString *line, double seconds)
{
        guint left = seconds < 360000 ? (guint)(seconds + 0.5) : 359999;
        if (left >= 3600)
                g_string_append_printf(line, "  %u:%02u:%02u left", left / 3600, left / 60 % 60, left % 60);
        else
                g_string_append_printf(line, "  %u:%02u left", left / 60, left % 60);
}

static void append_bar(GString *line, double share)
{
        int full = (int)(share * BAR_WIDTH);
        g_string_append(line, " [");
        for (int i = 0; i < BAR_WIDTH; i++)
                g_string_append_c(line, i < full ? '=' : i == full ? '>' : ' ');
        g_string_append_printf(line, "] %3d%%", (int)(share * 100));
}

char *progress_line(const char *label, guint64 bytes, guint64 total_bytes, guint64 mails, double seconds, int width)
{
        g_autofree char *name = visible_text(label);
        g_autoptr(GString) line = g_string_new(name);
        g_autofree char *done = g_format_size(bytes);
        double share = total_bytes > 0 ? MIN((double)bytes / (double)total_bytes, 1.0) : 0;
        if (total_bytes > 0) {
                g_autofree char *total = g_format_size(total_bytes);
                append_bar(line, share);
                g_string_append_printf(line, "  %s of %s", done, total);
        } else {
                g_string_append_printf(line, "  %s", done);
        }
        g_string_append_printf(line, "  %" G_GUINT64_FORMAT " mails", mails);
        if (seconds > 0)
                g_string_append_printf(line, "  %.0f mails/s", (double)mails / seconds);
        if (share > 0 && share < 1)
                append_left(line, seconds * (1 - share) / share);
        return visible_cut(line->str, width);
}
