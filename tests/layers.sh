#!/bin/sh
# The shape of src/: includes go strictly down, foreign headers stand where they may, no vendor is named, functions and files stay short.
# In: src/ and filters/vendor/ of the source tree. Out: TAP; below a failure the places.
top=${srcdir:-.}
cd "$top" || exit 99
n=0

# report NAME FINDINGS: a test that passes if nothing was found.
report() {
        n=$((n + 1))
        if [ -z "$2" ]; then
                echo "ok $n - $1"
        else
                echo "not ok $n - $1"
                printf '%s\n' "$2" | sed 's/^/# /'
        fi
}

# Every include as "FILE:LINE HEADER", the header with its < or ".
includes() {
        grep -rnE --include='*.[ch]' '^[ 	]*#[ 	]*include' src |
                sed -nE 's/^([^:]*:[0-9]+):[^<"]*([<"][^>"]*)[>"].*/\1 \2/p'
}

# base < data < reader < decide, disguise < ledger, in, out < commands (src/ itself); beside one another the effects know nothing of each other.
upward() {
        includes | awk '
        BEGIN { rank["base"] = 1; rank["data"] = 2; rank["reader"] = 3; rank["decide"] = rank["disguise"] = 4; rank["ledger"] = 5; rank["in"] = 6; rank["out"] = 6 }
        function layer(path, parts) { return split(path, parts, "/") > 1 ? parts[1] : "commands" }
        function height(name) { return name == "commands" ? 9 : rank[name] }
        $2 ~ /^"/ && $2 != "\"config.h" {
                file = $1; sub(/^src\//, "", file); header = substr($2, 2)
                from = layer(file); to = layer(header)
                if (!height(from)) print $1 ": unknown layer " from
                else if (!height(to)) print $1 ": \"" header "\" is of no layer: write its path from src/"
                else if (from != to && height(to) >= height(from)) print $1 ": " from " includes \"" header "\" of " to
        }'
}

absent() {
        includes | while read -r place header; do
                case $header in
                '"config.h') ;;
                '"'*) [ -e "src/${header#?}" ] || echo "$place: no src/${header#?}" ;;
                esac
        done
}

# Each foreign library has one .c that knows it (libxml2 and libical three at most, libarchive two; libcyaml the files of the tables); GLib, jansson and libc are everybody's.
foreign() {
        includes | awk '
        BEGIN {
                most["gmime/"] = most["pcre2.h"] = most["yaml.h"] = most["seccomp.h"] = most["sqlite3.h"] = 1
                most["curl/"] = most["linux/landlock.h"] = most["microhttpd.h"] = 1
                most["archive"] = 2
                most["cyaml/"] = 5 # tables of data/schema*.c, their macros, and loading
                most["libxml/"] = most["libical/"] = 3
                split("assert ctype dirent dlfcn errno fcntl float getopt glob grp iconv inttypes langinfo limits locale malloc math poll pthread pwd sched " \
                      "setjmp signal spawn stdarg stdbool stddef stdint stdio stdlib stdnoreturn string strings sysexits syslog termios time " \
                      "ucontext unistd wchar", names, " ")
                for (i in names) libc[names[i] ".h"] = 1
        }
        $2 ~ /^</ {
                header = substr($2, 2); library = ""
                for (l in most) if (index(header, l) == 1) library = l
                file = $1; sub(/:.*/, "", file)
                if (library != "" && file ~ /\.h$/ && file != "src/data/schema-rows.h") print $1 ": <" header "> in a header of ours"
                else if (library != "") { if (!((library, file) in seen)) { seen[library, file]; users[library]++; where[library] = where[library] " " file } }
                else if (!(header in libc) && header !~ /^(glib|gio|gobject|jansson\.h|sys\/|linux\/|netinet\/|arpa\/)/)
                        print $1 ": <" header "> is of a library without a row in tests/layers.sh"
        }
        END { for (l in users) if (users[l] > most[l]) print "<" l "...> stands in " users[l] " files, not " most[l] ":" where[l] }'
}

# A vendor is known by its filter alone. `flag` and `orange` are also English words, and lists' archives and calendars stand at google.com.
vendors() {
        for filter in filters/vendor/*.yaml; do
                name=$(basename "$filter" .yaml)
                case $name in
                '*' | flag | orange | ? | ?? | ???) ;;
                *) grep -rniw --include='*.[ch]' -e "$name" src ;;
                esac
        done | grep -viE '"X-[A-Z]+-"|groups\.google\.com|calendar\.google\.com|google (groups?|calendar)'
}

# A function begins in the first column, by .clang-format; its signature may be several lines.
long_functions() {
        find src -name '*.[ch]' -exec awk -v limit=60 '
        FNR == 1 { open = 0 }
        !open && /^[A-Za-z_]/ { name = $0; at = FNR }
        /^\{$/ { open = 1 }
        /^\}$/ && open { open = 0; if (FNR - at + 1 > limit) print FILENAME ":" at ": " FNR - at + 1 " lines: " name }' {} +
}

long_files() {
        find src -name '*.[ch]' -exec awk 'FNR > 400 { long[FILENAME] = FNR } END { for (f in long) print f ": " long[f] " lines" }' {} +
}

headless() {
        find src -name '*.[ch]' -exec awk '
        function done() { if (file != "" && !(says_in && says_out)) print file ": no head comment with what it is for, In: and Out:" }
        FNR == 1 { done(); file = FILENAME; says_in = says_out = 0; head = /^\/\* / }
        head { if (/In: /) says_in = 1; if (/Out: /) says_out = 1; if (/\*\//) head = 0 }
        END { done() }' {} +
        find src -name '*.[ch]' -empty
}

# No state that is global: a file-scope variable is a const table.
variables() {
        find src -name '*.c' -exec awk '/^(static|extern) / && !/\(/ && !/(^| )const / && /(=|;)/ { print FILENAME ":" FNR ": " $0 }' {} +
}

unfinished() {
        grep -rnE --include='*.[ch]' '\b(TODO|FIXME|XXX|HACK)\b' src tests
}

echo 1..9
report 'includes name files that are there' "$(absent)"
report 'includes go down: base < data < reader < decide < ledger < in, out < commands' "$(upward)"
report 'foreign headers stand in one file each' "$(foreign)"
report 'no vendor is named in C' "$(vendors)"
report 'no function is over 60 lines' "$(long_functions)"
report 'no file is over 400 lines' "$(long_files)"
report 'every file opens by saying what it is for, what comes in and what goes out' "$(headless)"
report 'nothing is left to be done' "$(unfinished)"
report 'no file-scope variable but const tables' "$(variables)"
