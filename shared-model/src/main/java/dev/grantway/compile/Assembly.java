package dev.grantway.compile;

import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the globs of every cell together into few statements, in one fixed order (COMP-07). */
final class Assembly {
  private final ArnPrefix prefix;
  private final Cells cells;
  private final SortedMap<String, BitSet> allow = new TreeMap<>();
  private final SortedMap<String, BitSet> deny = new TreeMap<>();

  Assembly(ArnPrefix prefix, Cells cells) {
    this.prefix = prefix;
    this.cells = cells;
  }

  /** A document that denies the whole stage. */
  static PolicyDocument nothing(ArnPrefix prefix) {
    return new PolicyDocument(List.of(Statement.of(Effect.DENY, List.of(prefix.everything()))));
  }

  void add(Cells.Cell cell, Action action, RouteGlobs globs) {
    globs.allow().forEach(glob -> mark(allow, prefix.arn(action, glob), cell));
    globs.deny().forEach(glob -> mark(deny, prefix.arn(action, glob), cell));
  }

  private static void mark(SortedMap<String, BitSet> side, String arn, Cells.Cell cell) {
    side.computeIfAbsent(arn, glob -> new BitSet()).set(cell.number());
  }

  boolean allowsNothing() {
    return allow.isEmpty();
  }

  /** The longest ARN there is. */
  int longestArn() {
    return Math.max(longest(allow.keySet()), longest(deny.keySet()));
  }

  private static int longest(Collection<String> arns) {
    return arns.stream().mapToInt(String::length).max().orElse(0);
  }

  PolicyDocument document(boolean resourcePolicyFence) {
    if (allow.isEmpty()) {
      return nothing(prefix);
    }
    var statements = new ArrayList<Statement>();
    addAll(Effect.ALLOW, allow, statements);
    addAll(Effect.DENY, deny, statements);
    if (resourcePolicyFence) {
      addFences(statements);
    }
    return new PolicyDocument(statements);
  }

  private void addAll(
      Effect effect, SortedMap<String, BitSet> side, Collection<Statement> statements) {
    var byConditions = new TreeMap<String, Statement>();
    side.forEach(
        (arn, in) -> {
          for (List<StatementCondition> conditions : cells.conditions(in, effect)) {
            Statement one = Statement.of(effect, List.of(arn), conditions);
            byConditions.merge(one.conditions().toString(), one, Assembly::merged);
          }
        });
    statements.addAll(byConditions.values());
  }

  private static Statement merged(Statement one, Statement other) {
    var arns = new TreeSet<>(one.resources());
    arns.addAll(other.resources());
    return Statement.of(one.effect(), arns, one.conditions());
  }

  /** GATEWAY rule 10: whatever is not allowed is denied, cell by cell where these differ. */
  private void addFences(Collection<Statement> statements) {
    var byAllowed = new TreeMap<String, BitSet>();
    for (Cells.Cell cell : cells.all()) {
      byAllowed
          .computeIfAbsent(String.join("\n", allowedIn(cell)), arns -> new BitSet())
          .set(cell.number());
    }
    byAllowed.forEach(
        (allowed, in) -> {
          for (List<StatementCondition> conditions : cells.conditions(in, Effect.DENY)) {
            statements.add(
                allowed.isEmpty()
                    ? Statement.of(Effect.DENY, List.of(prefix.everything()), conditions)
                    : Statement.denyAllBut(List.of(allowed.split("\n")), conditions));
          }
        });
  }

  private List<String> allowedIn(Cells.Cell cell) {
    return allow.entrySet().stream()
        .filter(entry -> entry.getValue().get(cell.number()))
        .map(entry -> entry.getKey())
        .toList();
  }
}
