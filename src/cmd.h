/* The commands of mailclinic: each takes the words after its name and gives a status of sysexits(3).
 * In: the command line. Out: exit status. */
#ifndef MAILCLINIC_CMD_H
#define MAILCLINIC_CMD_H

int cmd_check(int argc, char **argv);   /* argv[0] is the command's name */
int cmd_explain(int argc, char **argv);
int cmd_replay(int argc, char **argv);

#endif
