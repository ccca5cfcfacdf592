/* Text of any bytes in a task: what is said of it stays within its fence, is valid UTF-8 without controls, and holds no token. */
#include "out/remarkup.h"
#include "out/task.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Nothing ends the fence but its own last line. */
static void check_block(const char *text)
{
        g_autofree char *block = remarkup_block(text);
        g_assert_true(g_utf8_validate(block, -1, NULL));
        g_assert_true(g_str_has_prefix(block, "```lang=text\n") && g_str_has_suffix(block, "\n```"));
        char *end = strstr(block + strlen("```lang=text"), "```");
        g_assert_true(end && end[strlen("```")] == '\0');
        for (const char *p = block; *p; p++)
                g_assert_true((guchar)*p >= ' ' || *p == '\n' || *p == '\t');
}

static void check_line(const char *text)
{
        g_autofree char *code = remarkup_code(text), *title = remarkup_title(text);
        gsize n = strlen(code);
        g_assert_true(n > 2 && code[0] == '`' && strchr(code + 1, '`') == code + n - 1 && !strpbrk(code, "\n\r"));
        g_assert_true(g_utf8_validate(title, -1, NULL) && *title && g_utf8_strlen(title, -1) <= 255 && !strpbrk(title, "\n\r"));
}

/* A token in the midst of it is found, whatever stands around. */
static void check_secret(struct redactor *redactor, const char *text)
{
        static const char token[] = "api-abcdefghijklmnopqrstuvwxyz23";
        g_autofree char *planted = g_strdup_printf("%s %s %s", text, token, text), *clean = redact(redactor, planted);
        g_assert_true(g_utf8_validate(clean, -1, NULL));
        g_assert_null(strstr(clean, token));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        g_autofree char *text = g_strndup((const char *)data, size);
        struct redactor *redactor = redactor_new();
        struct issue *issue = issue_new("rmf0123456789abcdef0123456789abcdef");
        const struct task_words words = {.redactor = redactor, .link_template = "https://lists.example/{msgid}"};
        check_secret(redactor, text);
        check_block(text);
        check_line(text);
        issue->kind = g_strdup(text);
        issue->title = g_strdup(text);
        issue->template = g_strdup(text);
        issue->newest_id = g_strdup(text);
        g_ptr_array_add(issue->hosts, issue_host_new(text));
        g_autofree char *description = task_description(&words, issue);
        g_assert_true(task_is_of(description, issue->fingerprint));
        issue_free(issue);
        redactor_free(redactor);
        return 0;
}
