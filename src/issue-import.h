/* mailclinic issue import, and issue list --open: what stands beneath the parent in the tracker, whoever made it.
 * In: the command line, the configuration, the ledger, the tracker. Out: lines for people. Of mailclinic-flush, which alone has the
 * network. */
#ifndef MAILCLINIC_ISSUE_IMPORT_H
#define MAILCLINIC_ISSUE_IMPORT_H

/* argv: "issue", "import" or "list", options. A status of sysexits(3). */
int issue_network(int argc, char **argv);

#endif
