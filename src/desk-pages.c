/* Which page answers which request, once it is known that it may.
 * In: requests. Out: answers. */
#include "desk.h"

#include "base/fail.h"
#include "desk-act.h"
#include "desk-frame.h"
#include "desk-issues.h"
#include "desk-mail.h"
#include "desk-queue.h"
#include "desk-status.h"
#include "desk-timeline.h"
#include "desk-work.h"

#include <string.h>

typedef struct answer *page(const struct view *view, GError **error);

static const struct {
        const char *path;
        page *write;
} pages[] = {
        {"/", queue_page},    {"/resolved", resolved_page}, {"/mail", mail_page},   {"/timeline", timeline_page},
        {"/work", work_page}, {"/issues", issues_page},     {"/issue", issue_page}, {"/status", status_page},
};

static const struct {
        const char *path;
        page *write;
} deeds[] = {
        {"/decide", act_decide},
        {"/undo", act_undo},
        {"/note", act_note},
        {"/wish", issue_wish},
};

static struct answer *lasting(const char *type, GBytes *bytes)
{
        struct answer *answer = answer_bytes(200, type, g_bytes_ref(bytes));
        answer->is_lasting = true;
        return answer;
}

/* NULL: it is none. */
static struct answer *file(const struct desk *desk, const char *path)
{
        if (strcmp(path, "/desk.css") == 0)
                return lasting("text/css; charset=utf-8", desk->style);
        if (strcmp(path, "/desk.js") == 0)
                return lasting("text/javascript; charset=utf-8", desk->script);
        if (strcmp(path, "/desk.svg") == 0)
                return lasting("image/svg+xml", desk->icon);
        return NULL;
}

static page *find_page(const struct request *request)
{
        for (gsize i = 0; request->is_post && i < G_N_ELEMENTS(deeds); i++)
                if (strcmp(request->path, deeds[i].path) == 0)
                        return deeds[i].write;
        for (gsize i = 0; !request->is_post && i < G_N_ELEMENTS(pages); i++)
                if (strcmp(request->path, pages[i].path) == 0)
                        return pages[i].write;
        return NULL;
}

/* An empty ledger is not made only because somebody looks. */
static struct ledger *open_ledger(const struct desk *desk, GError **error)
{
        g_autofree char *directory = settings_ledger(desk->setup->settings);
        g_autofree char *path = g_build_filename(directory, "ledger.sqlite", NULL);
        return g_file_test(path, G_FILE_TEST_EXISTS) ? ledger_open(directory, error) : ledger_memory(NULL, error);
}

static struct answer *answer_page(struct view *view)
{
        g_autoptr(GError) error = NULL;
        page *write = find_page(view->request);
        view->ledger = open_ledger(view->desk, &error);
        struct answer *answer = NULL;
        if (!write)
                g_set_error(&error, FAIL, FAIL_INPUT, "there is no such page");
        else if (view->ledger)
                answer = write(view, &error);
        if (!answer)
                answer = frame_fault(view, error);
        ledger_free(view->ledger);
        return answer;
}

/* A form must be one of ours, sent from a page of this session. */
static struct answer *refuse_form(const struct session *session, const struct request *request)
{
        if (!request->media_type || !g_str_has_prefix(request->media_type, "application/x-www-form-urlencoded"))
                return answer_text(415, "That is no form.");
        return gate_is_own_form(session, request) ? NULL : answer_text(403, "This form is not of this desk: load the page again.");
}

struct answer *desk_answer(const struct request *request, void *data)
{
        struct desk *desk = data;
        struct view view = {.desk = desk, .request = request};
        struct answer *answer = gate_refuse(request);
        if (answer)
                return answer;
        if (strcmp(request->path, "/open") == 0)
                return request->is_post || request->is_head ? answer_text(405, "There is GET.") : gate_open(desk->gate, request);
        view.session = gate_session(desk->gate, request);
        if (!view.session)
                return answer_text(403, "Open the address that 'mailclinic review --web' printed; it works once. "
                                        "Enter, pressed there, prints another.");
        answer = request->is_post ? refuse_form(view.session, request) : file(desk, request->path);
        return answer ? answer : answer_page(&view);
}
