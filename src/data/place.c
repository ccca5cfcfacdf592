/* The places of values and of faults in a YAML file, by libyaml: line, column and the way to them.
 * In: the bytes of a file and what it may hold. Out: every value with its place; every fault as an error that names its place. */
#include "data/place.h"

#include "base/fail.h"
#include "data/expected.h"

#include <string.h>

#include <yaml.h>

enum {
        DEEPEST = 16,      /* of what is stepped over: the time that libyaml takes is quadratic in the depth */
        MOST_FAULTS = 100, /* of one file */
};

struct walk {
        yaml_parser_t parser;
        yaml_event_t event; /* where we are */
        const char *path, *bytes;
        GString *field;
        GPtrArray *places, *faults;
        guint n_faults;
        bool is_stopped;
};

static void walk_value(struct walk *walk, const struct schema *schema, const yaml_mark_t *key);

void place_free(struct place *place)
{
        if (!place)
                return;
        g_free(place->field);
        g_free(place->text);
        g_free(place);
}

G_GNUC_PRINTF(3, 4) static void fault(struct walk *walk, const yaml_mark_t *mark, const char *format, ...)
{
        va_list arguments;

        if (!walk->faults || walk->is_stopped)
                return;
        walk->is_stopped = ++walk->n_faults == MOST_FAULTS;
        va_start(arguments, format);
        g_autofree char *what = g_strdup_vprintf(format, arguments);
        va_end(arguments);
        g_ptr_array_add(walk->faults, g_error_new(FAIL, FAIL_CONFIG, "%s:%zu:%zu: %s%s%s", walk->path, mark->line + 1, mark->column + 1,
                                                  walk->field->str, walk->field->len ? ": " : "", what));
}

/* libyaml gives no mark for bytes that are no UTF-8, only their offset. */
static yaml_mark_t mark_of_byte(const char *bytes, gsize offset)
{
        yaml_mark_t mark = {.index = offset};
        gsize line = 0;

        for (gsize i = 0; i < offset; i++)
                if (bytes[i] == '\n') {
                        mark.line++;
                        line = i + 1;
                }
        mark.column = (size_t)g_utf8_strlen(bytes + line, (gssize)(offset - line));
        return mark;
}

static void fault_of_parser(struct walk *walk)
{
        const yaml_parser_t *parser = &walk->parser;
        yaml_mark_t mark = parser->error == YAML_READER_ERROR ? mark_of_byte(walk->bytes, parser->problem_offset) : parser->problem_mark;

        g_string_truncate(walk->field, 0);
        fault(walk, &mark, "not YAML: %s%s%s", parser->context ? parser->context : "", parser->context ? ", " : "",
              parser->problem ? parser->problem : "out of memory");
}

/* Step to the next event; false when there is none, since the file is over or no YAML. */
static bool next(struct walk *walk)
{
        yaml_event_delete(&walk->event);
        if (walk->is_stopped)
                return false;
        if (!yaml_parser_parse(&walk->parser, &walk->event))
                fault_of_parser(walk);
        return walk->event.type != YAML_NO_EVENT;
}

/* Step over the value that begins here. */
static void skip(struct walk *walk)
{
        guint depth = 0;

        do {
                yaml_event_type_t type = walk->event.type;
                if (type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT)
                        depth++;
                if (type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT)
                        depth--;
                if (depth > DEEPEST) {
                        fault(walk, &walk->event.start_mark, "nested too deep; what follows was not looked at");
                        walk->is_stopped = true;
                }
        } while (depth > 0 && next(walk));
}

static char *scalar_text(const yaml_event_t *event)
{
        return g_strndup((const char *)event->data.scalar.value, event->data.scalar.length);
}

static char *known_keys(const struct schema *schema)
{
        g_autoptr(GString) keys = g_string_new(NULL);

        for (guint i = 0; schema_key(schema, i); i++)
                g_string_append_printf(keys, "%s%s", i ? " " : "", schema_key(schema, i));
        return g_string_free(g_steal_pointer(&keys), FALSE);
}

static void check_required(struct walk *walk, const struct schema *schema, GHashTable *seen, const yaml_mark_t *mark)
{
        const char *key;

        for (guint i = 0; (key = schema_key(schema, i)); i++)
                if (schema_is_required(schema, key) && !g_hash_table_contains(seen, key)) {
                        g_autofree char *expected = expected_text(schema_child(schema, key));
                        fault(walk, mark, "key '%s' is missing; expected is %s", key, expected);
                }
}

static void check_choice(struct walk *walk, const struct schema *schema, GHashTable *seen, const yaml_mark_t *mark)
{
        bool only_one = false;
        const char *const *keys = schema_choice(schema, &only_one);
        g_autoptr(GString) found = g_string_new(NULL);
        guint n = 0;

        if (!keys)
                return;
        for (guint i = 0; keys[i]; i++)
                if (g_hash_table_contains(seen, keys[i])) {
                        g_string_append_printf(found, " %s", keys[i]);
                        n++;
                }
        g_autofree char *all = g_strjoinv(" ", (char **)keys);
        if (n == 0)
                fault(walk, mark, "none of its keys is one of %s, and %s one is needed", all, only_one ? "exactly" : "at least");
        else if (n > 1 && only_one)
                fault(walk, mark, "has%s, and exactly one of %s is allowed", found->str, all);
}

/* Check a key and tell what its value may be; NULL where the key is refused. */
static const struct schema *check_key(struct walk *walk, const struct schema *schema, const char *key, GHashTable *seen)
{
        const yaml_mark_t *mark = &walk->event.start_mark;
        const struct schema *child = schema_child(schema, key);
        gpointer first = g_hash_table_lookup(seen, key);

        if (g_str_equal(key, "<<"))
                fault(walk, mark, "merge keys are refused: write the keys out");
        else if (!child) {
                g_autofree char *known = known_keys(schema);
                fault(walk, mark, "unknown key; known here: %s", known);
        } else if (first)
                fault(walk, mark, "key given twice, first in line %u", GPOINTER_TO_UINT(first));
        else
                g_hash_table_insert(seen, g_strdup(key), GUINT_TO_POINTER((guint)mark->line + 1));
        return first ? NULL : child;
}

static void walk_map(struct walk *walk, const struct schema *schema)
{
        yaml_mark_t start = walk->event.start_mark;
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        gsize length = walk->field->len;

        while (next(walk) && walk->event.type != YAML_MAPPING_END_EVENT) {
                const struct schema *child = NULL;
                yaml_mark_t mark = walk->event.start_mark;
                if (walk->event.type == YAML_SCALAR_EVENT) {
                        g_autofree char *key = scalar_text(&walk->event);
                        g_string_append_printf(walk->field, "%s%s", length ? "." : "", key);
                        child = check_key(walk, schema, key, seen);
                } else {
                        fault(walk, &mark, "a key must be a plain word");
                        skip(walk);
                }
                if (!next(walk))
                        return;
                if (child)
                        walk_value(walk, child, &mark);
                else
                        skip(walk);
                g_string_truncate(walk->field, length);
        }
        if (walk->event.type == YAML_MAPPING_END_EVENT) {
                check_required(walk, schema, seen, &start);
                check_choice(walk, schema, seen, &start);
        }
}

static void check_word(struct walk *walk, const struct schema *schema, const char *word)
{
        g_autofree char *expected = expected_text(schema);

        if (!expected_has(schema, word))
                fault(walk, &walk->event.start_mark, "unknown word '%s'; expected is %s", word, expected);
}

static void note_place(struct walk *walk, const struct schema *schema, const char *text)
{
        if (!walk->places)
                return;
        struct place *place = g_new0(struct place, 1);
        *place = (struct place){
                .field = g_strdup(walk->field->str),
                .text = g_strdup(text),
                .schema = schema,
                .line = (int)walk->event.start_mark.line + 1,
                .column = (int)walk->event.start_mark.column + 1,
        };
        g_ptr_array_add(walk->places, place);
}

/* key: where the value's key stands, for a value that is not there at all; NULL where it has none. */
static void walk_scalar(struct walk *walk, const struct schema *schema, const yaml_mark_t *key)
{
        gsize length = walk->event.data.scalar.length;
        bool is_plain = walk->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        g_autofree char *text = scalar_text(&walk->event);
        g_autofree char *expected = expected_text(schema);
        enum schema_shape shape = schema_shape(schema);
        bool takes_scalar = shape == SHAPE_TEXT || shape == SHAPE_WORD;

        if (length == 0 && is_plain)
                fault(walk, key ? key : &walk->event.start_mark, "no value; expected is %s", expected);
        else if (!takes_scalar)
                fault(walk, &walk->event.start_mark, "a single value; expected is %s", expected);
        else if (length == 0)
                fault(walk, &walk->event.start_mark, "an empty text; expected is %s%s", expected,
                      schema_text(schema) == TEXT_PATTERN ? " ('^' fits everywhere)" : "");
        else if (strlen(text) != length)
                fault(walk, &walk->event.start_mark, "a NUL byte in the text");
        else if (shape == SHAPE_WORD)
                check_word(walk, schema, text);
        else if (!expected_fits(schema, text))
                fault(walk, &walk->event.start_mark, "'%s'; expected is %s", text, expected);
        note_place(walk, schema, text);
}

static void walk_list(struct walk *walk, const struct schema *schema)
{
        yaml_mark_t start = walk->event.start_mark;
        gsize length = walk->field->len;
        guint n = 0;

        while (next(walk) && walk->event.type != YAML_SEQUENCE_END_EVENT) {
                g_string_append_printf(walk->field, "[%u]", n++);
                if (schema_shape(schema) == SHAPE_LIST)
                        walk_value(walk, schema_entry(schema), NULL);
                else if (walk->event.type == YAML_SCALAR_EVENT) {
                        g_autofree char *word = scalar_text(&walk->event);
                        check_word(walk, schema, word);
                        note_place(walk, schema, word);
                } else {
                        fault(walk, &walk->event.start_mark, "a word is expected");
                        skip(walk);
                }
                g_string_truncate(walk->field, length);
        }
        if (n == 0 && walk->event.type == YAML_SEQUENCE_END_EVENT)
                fault(walk, &start, "an empty list: leave the key out");
}

/* Anchors and tags can stand before any value. */
static void check_decoration(struct walk *walk)
{
        const yaml_event_t *event = &walk->event;
        const yaml_char_t *anchor = NULL, *tag = NULL;

        if (event->type == YAML_SCALAR_EVENT)
                anchor = event->data.scalar.anchor, tag = event->data.scalar.tag;
        else if (event->type == YAML_SEQUENCE_START_EVENT)
                anchor = event->data.sequence_start.anchor, tag = event->data.sequence_start.tag;
        else if (event->type == YAML_MAPPING_START_EVENT)
                anchor = event->data.mapping_start.anchor, tag = event->data.mapping_start.tag;
        if (anchor)
                fault(walk, &event->start_mark, "anchor '&%s': anchors and aliases are refused", (const char *)anchor);
        if (tag)
                fault(walk, &event->start_mark, "tag '%s': tags are refused", (const char *)tag);
}

static void walk_value(struct walk *walk, const struct schema *schema, const yaml_mark_t *key)
{
        yaml_event_type_t type = walk->event.type;
        enum schema_shape shape = schema_shape(schema);

        check_decoration(walk);
        if (type == YAML_SCALAR_EVENT) {
                walk_scalar(walk, schema, key);
                return;
        }
        note_place(walk, schema, NULL);
        if (type == YAML_MAPPING_START_EVENT && shape == SHAPE_MAP) {
                walk_map(walk, schema);
        } else if (type == YAML_SEQUENCE_START_EVENT && (shape == SHAPE_LIST || shape == SHAPE_WORDS)) {
                walk_list(walk, schema);
        } else if (type == YAML_ALIAS_EVENT) {
                fault(walk, &walk->event.start_mark, "alias '*%s': anchors and aliases are refused",
                      (const char *)walk->event.data.alias.anchor);
        } else {
                g_autofree char *expected = expected_text(schema);
                fault(walk, &walk->event.start_mark, "a %s; expected is %s", type == YAML_MAPPING_START_EVENT ? "map" : "list", expected);
                skip(walk);
        }
}

static void walk_file(struct walk *walk, const struct schema *schema)
{
        if (!next(walk) || !next(walk)) /* the stream begins, the document begins */
                return;
        if (walk->event.type == YAML_STREAM_END_EVENT) {
                g_autofree char *keys = known_keys(schema);
                if (!schema_may_be_empty(schema))
                        fault(walk, &walk->event.start_mark, "the file holds nothing; expected is a map of %s", keys);
                return;
        }
        if (!next(walk))
                return;
        walk_value(walk, schema, NULL);
        if (next(walk) && next(walk) && walk->event.type != YAML_STREAM_END_EVENT)
                fault(walk, &walk->event.start_mark, "a second document: one file holds one");
}

void place_read(const char *path, const char *bytes, gsize length, const struct schema *schema, GPtrArray *places, GPtrArray *faults)
{
        g_autoptr(GString) field = g_string_new(NULL);
        struct walk walk = {.path = path, .bytes = bytes, .field = field, .places = places, .faults = faults};

        if (!yaml_parser_initialize(&walk.parser))
                g_error("out of memory");
        yaml_parser_set_input_string(&walk.parser, (const unsigned char *)bytes, length);
        walk_file(&walk, schema);
        yaml_event_delete(&walk.event);
        yaml_parser_delete(&walk.parser);
}
