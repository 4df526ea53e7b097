package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.report.About;
import dev.grantway.report.GrantFilter;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that an auditor reads first; it follows from the manifest, and is checked by it. */
final class PackReadme {
  private PackReadme() {}

  private static final String MEMBERS =
      "memberships.jsonl\n               who is in which group, as somebody imported it\n";

  private static final String NOT_PROVED =
      """
      What is not proved: who is in which group. The membership list is no part of any revision; it
      is the one that was in force then, as old as its import. Rows of members follow from
      memberships.jsonl. `verify` holds it against the imports in the activity log, which says what
      was imported and not whether the issuer agrees: compare it with the issuer's own.
      A token may bring further roles, which only its issuer knows, and a group has a row for what
      its members have by it, whether or not the list names one.

      """;

  static byte[] text(About about) {
    boolean byRole = about.rowsBy() != GrantFilter.By.PRINCIPAL;
    String of = about.rowsBy().of();
    return """
        Grantway evidence pack
        ======================

        What every %s may do, or is denied, on every route, by the policy as of revision %d.

        revision      %d
        its hash      %s
        as of         %s (permissions that were over by then are left out)
        asked for     %s
        exported by   %s
        exported at   %s
        %s
        What is in here
        ---------------
        grants.csv     the grant report: one row for each %s, stage and method of a route
        grants.jsonl   the same, one JSON object a line
        policy.yaml    the policy that these rows follow from, as a policy file
        policy.jsonl   the same, row by row, as it is stored
        %saudit.jsonl    every revision with its changes, the activity log, and the signed
                       checkpoints over both, as they were stored
        manifest.json  of each file its length and SHA-256

        How to check it
        ---------------
        On any machine, without a network and without the system that it comes from:

            ./grantway verify THIS-FILE.zip --key KNOWN.pub --checkpoints COPIES

        KNOWN.pub is the public key that you know to sign checkpoints, COPIES the folder with the
        copies of checkpoints that are kept outside; without them less is proved, and `verify` says
        what. It takes every hash again, follows the chains of revisions and of the activity log,
        makes the policy of revision %d again from the changes, and decides every grant row anew.
        Exit code 0: all of it fits. 1: something does not, and is named. 2: it is no pack.

        %sA sheet that is opened shows an apostrophe before texts that could be taken for formulas.
        """
        .formatted(
            of,
            about.revision(),
            about.revision(),
            about.revisionHash(),
            about.at(),
            asked(about.filter()),
            oneLine(about.by()),
            about.created(),
            byRole ? "" : "members       " + oneLine(about.memberships()) + "\n",
            of,
            byRole ? "" : MEMBERS,
            about.revision(),
            byRole ? "" : NOT_PROVED)
        .getBytes(UTF_8);
  }

  private static String asked(Map<String, String> filter) {
    return filter.isEmpty()
        ? "everything"
        : filter.entrySet().stream()
            .map(part -> part.getKey() + " " + oneLine(part.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
