package dev.grantway.report.pack;

import dev.grantway.report.GrantFilter;
import java.util.Arrays;
import java.util.List;

/** What a pack holds besides its manifest, in the order in which it stands there. */
enum PackPart {
  /** For people. */
  README("README.txt"),
  /** The audit bundle: all that is chained. */
  AUDIT("audit.jsonl"),
  /** The policy data that the rows are of, row by row. */
  SNAPSHOT("policy.jsonl"),
  /** The same as a policy file. */
  POLICY("policy.yaml"),
  /** Who is in which group; where the rows are of principals, and in no other pack. */
  MEMBERS("memberships.jsonl"),
  CSV("grants.csv"),
  JSONL("grants.jsonl");

  /** Last, since it says of the others what they are. */
  static final String MANIFEST = "manifest.json";

  private final String file;

  PackPart(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /** What a pack holds whose rows are by that. */
  static List<PackPart> of(GrantFilter.By by) {
    return Arrays.stream(values())
        .filter(it -> it != MEMBERS || by == GrantFilter.By.PRINCIPAL)
        .toList();
  }
}
