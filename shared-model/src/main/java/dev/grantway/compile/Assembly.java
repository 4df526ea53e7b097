package dev.grantway.compile;

import dev.grantway.compile.Cells.Cell;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Map<String, Wider> rows = new TreeMap<>();

  /** A Deny of one verb's paths, in the cells where it must stand. */
  private record Fence(Action action, TokenList list, BitSet in) {}

  /** A Deny that stands for several; the action says nothing where it is for every verb. */
  private record Wider(boolean everyVerb, Action action, TokenList list) {
    Wider {
      action = everyVerb ? Action.GET : action;
    }

    boolean contains(Fence fence) {
      return (everyVerb || action == fence.action) && list.contains(fence.list);
    }
  }

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
    addClosings(careful);
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
      allow.put(prefix.everything(), everyCell());
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
    var simple = new LinkedHashSet<Fence>();
    for (Fence fence : fences()) {
      if (fence.in.equals(everyCell())) {
        simple.add(fence);
      } else {
        deny.put(prefix.arn(fence.action, fence.list.fenceText()), fence.in);
      }
    }
    for (Wider wider : wider(simple)) {
      String method = wider.everyVerb ? "/*" : "/" + wider.action;
      String arn = prefix.text() + method + wider.list.fenceText();
      deny.put(arn, everyCell());
      rows.put(arn, wider);
      simple.removeIf(wider::contains);
    }
    var byGlob = new TreeMap<String, Map<Action, BitSet>>();
    for (Fence fence : simple) {
      byGlob
          .computeIfAbsent(fence.list.fenceText(), glob -> new TreeMap<>())
          .put(fence.action, fence.in);
      rows.put(
          prefix.arn(fence.action, fence.list.fenceText()),
          new Wider(false, fence.action, fence.list));
    }
    byGlob.forEach((glob, in) -> addVerbs(deny, glob, in));
  }

  /** The fences of each verb, less those that others contain. */
  private List<Fence> fences() {
    var fences = new ArrayList<Fence>();
    verbs.forEach(
        (action, inCells) -> {
          var lists = new TreeSet<TokenList>();
          for (VerbGlobs globs : inCells) {
            lists.addAll(globs.fences());
            lists.addAll(globs.openings());
          }
          var ofVerb = new ArrayList<Fence>();
          for (TokenList list : lists) {
            ofVerb.add(new Fence(action, list, whereItStands(list, inCells)));
          }
          var index = new ListIndex(lists);
          for (Fence fence : ofVerb) {
            boolean contained =
                index.near(fence.list).stream()
                    .filter(other -> !other.equals(fence.list) && other.contains(fence.list))
                    .anyMatch(other -> contains(whereItStands(other, inCells), fence.in));
            if (!contained) {
              fences.add(fence);
            }
          }
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
    return everywhere ? everyCell() : needed;
  }

  private static boolean contains(BitSet in, BitSet other) {
    var rest = (BitSet) other.clone();
    rest.andNot(in);
    return rest.isEmpty();
  }

  /** Fewer globs that deny all that these do, and nothing that is granted: the best one first. */
  private List<Wider> wider(Collection<Fence> fences) {
    var coverage = new LinkedHashMap<Wider, BitSet>();
    for (Fence fence : fences) {
      for (Wider wider : candidates(fence)) {
        coverage.computeIfAbsent(wider, each -> covered(each, fences));
      }
    }
    coverage.entrySet().removeIf(each -> each.getValue().cardinality() < 2 || costs(each.getKey()));
    var chosen = new ArrayList<Wider>();
    Optional<Map.Entry<Wider, BitSet>> best = best(coverage);
    while (best.isPresent()) {
      chosen.add(best.get().getKey());
      BitSet done = (BitSet) best.get().getValue().clone();
      coverage.values().forEach(left -> left.andNot(done));
      best = best(coverage);
    }
    return chosen;
  }

  /** The first one of those that stand for the most fences, if for more than one. */
  private static Optional<Map.Entry<Wider, BitSet>> best(Map<Wider, BitSet> coverage) {
    int most = coverage.values().stream().mapToInt(BitSet::cardinality).max().orElse(0);
    return coverage.entrySet().stream()
        .filter(each -> most > 1 && each.getValue().cardinality() == most)
        .findFirst();
  }

  private static Set<Wider> candidates(Fence fence) {
    TokenList list = fence.list;
    var candidates = new LinkedHashSet<Wider>();
    candidates.add(new Wider(true, fence.action, list));
    candidates.add(new Wider(false, fence.action, list.wild()));
    candidates.add(new Wider(true, fence.action, list.wild()));
    for (TokenList one : list.withOneMoreWild()) {
      candidates.add(new Wider(false, fence.action, one));
      candidates.add(new Wider(true, fence.action, one));
    }
    return candidates;
  }

  private static BitSet covered(Wider wider, Collection<Fence> fences) {
    var covered = new BitSet();
    int i = 0;
    for (Fence fence : fences) {
      covered.set(i++, wider.contains(fence));
    }
    return covered;
  }

  private boolean costs(Wider wider) {
    if (!wider.everyVerb) {
      return verbs.getOrDefault(wider.action, List.of()).stream()
          .anyMatch(globs -> globs.touches(wider.list));
    }
    TokenList behind = wider.list.behindAny();
    return verbs.values().stream()
        .flatMap(Collection::stream)
        .anyMatch(globs -> globs.touches(wider.list) || globs.touches(behind));
  }

  /** What closes irregular paths: encodings, parameters, slashes. */
  private void addClosings(boolean careful) {
    if (careful) {
      List.of(Fences.ENCODED, Fences.PARAMETERS, Fences.TRAILING_SLASH, Fences.DOUBLED_SLASH)
          .forEach(this::close);
      return;
    }
    var encoded = new TreeSet<String>();
    verbs.forEach(
        (action, inCells) -> {
          for (VerbGlobs globs : inCells) {
            globs.encoded().forEach(fence -> encoded.add(prefix.arn(action, fence)));
          }
        });
    encoded.removeIf(
        fence -> encoded.stream().anyMatch(o -> !o.equals(fence) && Glob.contains(o, fence)));
    encoded.forEach(fence -> deny.put(fence, everyCell()));
    boolean wild = allow.keySet().stream().anyMatch(arn -> arn.endsWith("*") || arn.contains("?*"));
    if (!encoded.isEmpty()) {
      close(Fences.PARAMETERS);
    } else if (wild) {
      close(Fences.VANISHING);
    }
    closeSlashes();
  }

  private void close(String glob) {
    deny.put(prefix.text() + glob, everyCell());
  }

  private void closeSlashes() {
    foldTwins(openSlashes());
    if (openSlashes().stream().anyMatch(arn -> !arn.contains("//"))) {
      close(Fences.TRAILING_SLASH);
    }
    if (!openSlashes().isEmpty()) {
      close(Fences.DOUBLED_SLASH);
    }
  }

  /** Denied paths with one more slash that are open. */
  private SortedSet<String> openSlashes() {
    var open = new TreeSet<String>();
    verbs.forEach(
        (action, inCells) -> {
          for (Cell cell : cells.all()) {
            for (TokenList list : inCells.get(cell.number()).slashed()) {
              String arn = prefix.arn(action, list.fresh());
              if (matches(allow, arn, cell) && !matches(deny, arn, cell)) {
                open.add(arn);
              }
            }
          }
        });
    return open;
  }

  private static boolean matches(SortedMap<String, BitSet> side, String arn, Cell cell) {
    return side.entrySet().stream()
        .anyMatch(
            entry -> entry.getValue().get(cell.number()) && Glob.matches(entry.getKey(), arn));
  }

  /** {@code …/lit*} in place of {@code …/lit}, where nothing granted begins so (line 33). */
  private void foldTwins(Set<String> open) {
    for (String arn : open) {
      String plain = arn.replaceAll("/+$", "");
      for (String fence : List.copyOf(deny.keySet())) {
        Optional<Wider> row = Optional.ofNullable(rows.get(fence));
        if (Glob.matches(fence, plain) && row.filter(this::mayBeFolded).isPresent()) {
          deny.put(fence + "*", deny.remove(fence));
        }
      }
    }
  }

  private boolean mayBeFolded(Wider row) {
    return row.list.endsWithLiteral()
        && verbs.entrySet().stream()
            .filter(verb -> row.everyVerb || verb.getKey() == row.action)
            .flatMap(verb -> verb.getValue().stream())
            .noneMatch(
                globs ->
                    globs.touchesFolded(row.list)
                        || row.everyVerb && globs.touchesFolded(row.list.behindAny()));
  }

  private BitSet everyCell() {
    var every = new BitSet();
    every.set(0, cells.count());
    return every;
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
