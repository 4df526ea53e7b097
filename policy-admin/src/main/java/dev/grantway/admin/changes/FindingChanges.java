package dev.grantway.admin.changes;

import dev.grantway.admin.common.Found;
import dev.grantway.analysis.Finding;
import dev.grantway.policy.ApiId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code ./grantway check} would say of the permissions and does not now, and the other way
 * round: on the APIs where permissions become others.
 *
 * @param state none is known unless it is {@link State#KNOWN}
 */
public record FindingChanges(List<Finding> introduced, List<Finding> resolved, State state) {
  static final FindingChanges NONE = new FindingChanges(List.of(), List.of(), State.KNOWN);

  /** How far looking for findings has come. */
  public enum State {
    KNOWN,
    LOOKING,
    /** They could not be looked for; asking for the review again looks anew. */
    FAILED
  }

  public FindingChanges {
    introduced = List.copyOf(introduced);
    resolved = List.copyOf(resolved);
  }

  static FindingChanges of(Found<FindingChanges> found) {
    return switch (found) {
      case Found.Known<FindingChanges>(FindingChanges findings) -> findings;
      case Found.Looking<FindingChanges> _ ->
          new FindingChanges(List.of(), List.of(), State.LOOKING);
      case Found.Failed<FindingChanges> _ -> new FindingChanges(List.of(), List.of(), State.FAILED);
    };
  }

  static FindingChanges of(WorkingCopy after, Collection<ApiId> apis, Instant now) {
    WorkingCopy before = after.withoutChanges();
    var introduced = new ArrayList<Finding>();
    var resolved = new ArrayList<Finding>();
    for (ApiId api : apis) {
      List<Finding> old = ApiFindings.of(before, api, now);
      List<Finding> found = ApiFindings.of(after, api, now);
      introduced.addAll(less(found, old));
      resolved.addAll(less(old, found));
    }
    return new FindingChanges(introduced, resolved, State.KNOWN);
  }

  /** One that says the same of the same thing in other words is no other. */
  private static List<Finding> less(List<Finding> findings, List<Finding> others) {
    Set<String> known = others.stream().map(FindingChanges::name).collect(Collectors.toSet());
    return findings.stream().filter(it -> !known.contains(name(it))).toList();
  }

  private static String name(Finding finding) {
    return finding.code().text() + " " + finding.about().text();
  }
}
