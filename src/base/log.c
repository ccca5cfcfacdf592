/* The log: one line for each thing done, key=value.
 * In: keys and values, some of them words of a mail. Out: a line in a file, or to syslog. */
#include "base/log.h"

#include "base/visible.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

enum { MOST_VALUE = 200 };

void log_add(GString *line, const char *key, const char *value)
{
        if (!value)
                return;
        g_autofree char *visible = visible_text(value), *cut = visible_cut(visible, MOST_VALUE);
        bool is_quoted = *cut == '\0' || strpbrk(cut, " \"=");
        g_string_append_printf(line, "%s%s=%s", line->len ? " " : "", key, is_quoted ? "\"" : "");
        for (const char *c = cut; *c; c++) {
                if (*c == '"' || *c == '\\')
                        g_string_append_c(line, '\\');
                g_string_append_c(line, *c);
        }
        g_string_append(line, is_quoted ? "\"" : "");
}

static bool append(const char *path, const GString *line)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
        if (fd < 0)
                return false;
        g_autoptr(GDateTime) now = g_date_time_new_now_utc();
        g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ"), *whole = g_strdup_printf("%s %s\n", time, line->str);
        bool is_written = write(fd, whole, strlen(whole)) == (gssize)strlen(whole);
        close(fd);
        return is_written;
}

void log_write(const char *path, int priority, const GString *line)
{
        if (path && append(path, line))
                return;
        openlog("mailclinic", LOG_PID, LOG_MAIL);
        syslog(priority, "%s", line->str);
        closelog();
}
