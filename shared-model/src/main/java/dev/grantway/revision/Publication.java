package dev.grantway.revision;

import java.util.List;

/**
 * What is to become the next revision.
 *
 * @param changes at most one for each row; sorted by key
 * @param base the revision that the changes were checked on
 * @param baseHash the hash of that revision's record
 * @param draft the id of the draft, or empty
 * @param breakGlass an owner publishes without the approvals that the rules ask for
 */
public record Publication(
    List<Change> changes,
    long base,
    String baseHash,
    String operator,
    List<String> approvers,
    String reason,
    String draft,
    boolean breakGlass) {

  /** The most characters of a reason. */
  public static final int MAX_REASON = 2000;

  /** One that has what the rules ask for. */
  public Publication(
      List<Change> changes,
      long base,
      String baseHash,
      String operator,
      List<String> approvers,
      String reason,
      String draft) {
    this(changes, base, baseHash, operator, approvers, reason, draft, false);
  }

  public Publication {
    changes = changes.stream().sorted().toList();
    approvers = List.copyOf(approvers);
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).key().equals(changes.get(i - 1).key())) {
        throw new IllegalArgumentException(
            "row `" + changes.get(i).key().text() + "` is changed twice");
      }
    }
    if (reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "a reason may have at most " + MAX_REASON + " characters, got " + reason.length());
    }
  }
}
