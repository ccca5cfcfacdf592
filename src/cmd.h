/* The commands of mailclinic: each takes the words after its name and gives a status of sysexits(3).
 * In: the command line. Out: exit status. */
#ifndef MAILCLINIC_CMD_H
#define MAILCLINIC_CMD_H

#include <stdbool.h>

#include <glib.h>

int cmd_backup(int argc, char **argv); /* argv[0] is the command's name */
int cmd_check(int argc, char **argv);
int cmd_deliver(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_fingerprint(int argc, char **argv);
int cmd_flush(int argc, char **argv);
int cmd_issue(int argc, char **argv);
int cmd_oncall(int argc, char **argv);
int cmd_prune(int argc, char **argv);
int cmd_publish(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_status(int argc, char **argv);

/* Parse the options of a command; what is left in argv are its operands. Prints and exits for --help. false and an error of FAIL_USAGE
 * that points at --help. */
bool cmd_parse(GOptionContext *context, int *argc, char ***argv, GError **error);

/* Print "mailclinic COMMAND: what went wrong" on stderr and give the status of sysexits(3) that tells of it. */
int cmd_fail(const char *command, const GError *error);

/* The status to end with: `status`, unless standard output could not be written; then that is said on stderr. */
int cmd_finish(const char *command, int status);

/* Put another program of ours in our place, which costs nothing where it is not wanted. It comes back with an error alone. */
void cmd_become(const char *name, char **argv, GError **error);

#endif
