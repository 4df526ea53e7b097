package dev.grantway.compile;

import dev.grantway.compile.Cells.Cell;
import dev.grantway.compile.Widening.Fence;
import dev.grantway.compile.Widening.Wider;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the globs of every verb and cell together into one small document, in one fixed order
 * (COMP-07). What is left out or made wider here neither opens nor closes anything that a route
 * serves; the proof sees the outcome.
 */
final class Assembly {
  private final ArnPrefix prefix;
  private final Cells cells;
  private final SortedMap<Action, List<VerbGlobs>> verbs;
  private final SortedMap<String, BitSet> allow = new TreeMap<>();
  private final SortedMap<String, BitSet> deny = new TreeMap<>();
  private final Map<String, List<Wider>> rows = new TreeMap<>();

  /**
   * @param verbs of each verb, the globs of every cell in order
   */
  Assembly(ArnPrefix prefix, Cells cells, SortedMap<Action, List<VerbGlobs>> verbs) {
    this.prefix = prefix;
    this.cells = cells;
    this.verbs = verbs;
  }

  /** A document that denies the whole stage. */
  static PolicyDocument nothing(ArnPrefix prefix) {
    return new PolicyDocument(List.of(Statement.of(Effect.DENY, List.of(prefix.everything()))));
  }

  /**
   * @param careful closes every irregular path, where closing fewer could not be proved
   */
  PolicyDocument document(boolean careful, boolean resourcePolicyFence) {
    addAllows();
    if (allow.isEmpty()) {
      return nothing(prefix);
    }
    addFences();
    var closings = new Closings(prefix, cells, verbs, allow, deny, rows);
    if (careful) {
      closings.closeAll();
    } else {
      closings.closeOpen();
    }
    var statements = new ArrayList<Statement>();
    addAll(Effect.ALLOW, allow, statements);
    addAll(Effect.DENY, deny, statements);
    if (resourcePolicyFence) {
      addResourcePolicyFences(statements);
    }
    return new PolicyDocument(statements);
  }

  private void addAllows() {
    if (isEverything()) {
      allow.put(prefix.everything(), cells.numbers());
      return;
    }
    var byGlob = new TreeMap<String, Map<Action, BitSet>>();
    verbs.forEach(
        (action, inCells) -> {
          for (Cell cell : cells.all()) {
            for (TokenList glob : inCells.get(cell.number()).allow()) {
              byGlob
                  .computeIfAbsent(glob.globText(), text -> new TreeMap<>())
                  .computeIfAbsent(action, verb -> new BitSet())
                  .set(cell.number());
            }
          }
        });
    byGlob.forEach((glob, in) -> addVerbs(allow, glob, in));
  }

  /** True if {@code /**} is granted, and no verb has a route of which something is denied. */
  private boolean isEverything() {
    return verbs.keySet().containsAll(Action.VERBS)
        && verbs.values().stream()
            .flatMap(Collection::stream)
            .allMatch(VerbGlobs::isGrantedAsAWhole)
        && verbs.values().stream()
            .flatMap(Collection::stream)
            .anyMatch(globs -> !globs.allowsNothing());
  }

  /** One ARN for two verbs of one length that are the only ones of it (GATEWAY rule 4). */
  private void addVerbs(SortedMap<String, BitSet> side, String glob, Map<Action, BitSet> in) {
    var left = new TreeMap<>(in);
    fold(left, Action.GET, Action.PUT)
        .ifPresent(both -> side.put(prefix.text() + "/???" + glob, both));
    fold(left, Action.HEAD, Action.POST)
        .ifPresent(both -> side.put(prefix.text() + "/????" + glob, both));
    left.forEach((action, at) -> side.put(prefix.arn(action, glob), at));
  }

  /** The ARNs that may stand for that verb's glob. */
  private List<String> arns(Action action, String glob) {
    String any = prefix.text() + "/" + "?".repeat(action.name().length()) + glob;
    return List.of(prefix.arn(action, glob), any);
  }

  private static Optional<BitSet> fold(Map<Action, BitSet> in, Action one, Action other) {
    BitSet both = in.get(one);
    if (both == null || !both.equals(in.get(other))) {
      return Optional.empty();
    }
    in.remove(one);
    in.remove(other);
    return Optional.of(both);
  }

  private void addFences() {
    var everywhere = new LinkedHashSet<Fence>();
    fences()
        .forEach(
            (fence, in) -> {
              if (in.equals(cells.numbers())) {
                everywhere.add(fence);
              } else {
                deny.put(prefix.arn(fence.action(), fence.list().fenceText()), in);
              }
            });
    for (Wider wider : Widening.of(everywhere, verbs)) {
      String method = wider.everyVerb() ? "/*" : "/" + wider.action();
      String arn = prefix.text() + method + wider.list().fenceText();
      deny.put(arn, cells.numbers());
      rows.put(arn, List.of(wider));
      everywhere.removeIf(wider::contains);
    }
    var byGlob = new TreeMap<String, Map<Action, BitSet>>();
    for (Fence fence : everywhere) {
      String glob = fence.list().fenceText();
      byGlob.computeIfAbsent(glob, text -> new TreeMap<>()).put(fence.action(), cells.numbers());
      for (String arn : arns(fence.action(), glob)) {
        rows.computeIfAbsent(arn, text -> new ArrayList<>()).add(Wider.of(fence));
      }
    }
    byGlob.forEach((glob, in) -> addVerbs(deny, glob, in));
  }

  /** The fences of each verb, less those that others contain, and the cells where they stand. */
  private Map<Fence, BitSet> fences() {
    var fences = new LinkedHashMap<Fence, BitSet>();
    verbs.forEach(
        (action, inCells) -> {
          var lists = new TreeMap<TokenList, BitSet>();
          for (VerbGlobs globs : inCells) {
            globs.fences().forEach(list -> lists.put(list, new BitSet()));
            globs.openings().forEach(list -> lists.put(list, new BitSet()));
          }
          lists.replaceAll((list, in) -> whereItStands(list, inCells));
          var index = new ListIndex(lists.keySet());
          lists.forEach(
              (list, in) -> {
                boolean contained =
                    index.near(list).stream()
                        .filter(other -> !other.equals(list) && other.contains(list))
                        .anyMatch(other -> contains(lists.getOrDefault(other, new BitSet()), in));
                if (!contained) {
                  fences.put(new Fence(action, list), in);
                }
              });
        });
    return fences;
  }

  /** Everywhere if that costs nothing that is not lost anyway, since then it needs no condition. */
  private BitSet whereItStands(TokenList list, List<VerbGlobs> inCells) {
    var needed = new BitSet();
    boolean everywhere = true;
    for (int i = 0; i < inCells.size(); i++) {
      VerbGlobs globs = inCells.get(i);
      boolean wanted = globs.fences().contains(list) || globs.openings().contains(list);
      needed.set(i, wanted);
      everywhere &= wanted || !globs.costs(list);
    }
    return everywhere ? cells.numbers() : needed;
  }

  private static boolean contains(BitSet in, BitSet other) {
    var rest = (BitSet) other.clone();
    rest.andNot(in);
    return rest.isEmpty();
  }

  private void addAll(
      Effect effect, SortedMap<String, BitSet> side, Collection<Statement> statements) {
    var byConditions = new HashMap<List<StatementCondition>, SortedSet<String>>();
    side.forEach(
        (arn, in) -> {
          for (List<StatementCondition> conditions : cells.conditions(in, effect)) {
            byConditions.computeIfAbsent(conditions, none -> new TreeSet<>()).add(arn);
          }
        });
    byConditions.entrySet().stream()
        .map(each -> Statement.of(effect, each.getValue(), each.getKey()))
        .sorted(Comparator.comparing(statement -> statement.conditions().toString()))
        .forEach(statements::add);
  }

  /** GATEWAY rule 10: whatever is not allowed is denied, cell by cell where these differ. */
  private void addResourcePolicyFences(Collection<Statement> statements) {
    var byAllowed = new TreeMap<String, BitSet>();
    for (Cell cell : cells.all()) {
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

  private List<String> allowedIn(Cell cell) {
    return allow.entrySet().stream()
        .filter(entry -> cells.allows(entry.getValue(), cell))
        .map(entry -> entry.getKey())
        .toList();
  }
}
