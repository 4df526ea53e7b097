package dev.grantway.compile;

import dev.grantway.compile.Cells.Cell;
import dev.grantway.compile.Widening.Wider;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Closes irregular paths: encodings, parameters and slashes too many (GATEWAY rule 9, SEM-11), each
 * once for the whole stage where that is shorter.
 */
final class Closings {
  private final ArnPrefix prefix;
  private final Cells cells;
  private final SortedMap<Action, List<VerbGlobs>> verbs;
  private final SortedMap<String, BitSet> allow;
  private final SortedMap<String, BitSet> deny;
  private final Map<String, List<Wider>> fences;

  /** A denied path with one more slash. */
  private record Slashed(String arn, Cell cell) {}

  /**
   * @param deny to which what closes is added
   * @param fences what the Denies on paths stand for, verb by verb
   */
  Closings(
      ArnPrefix prefix,
      Cells cells,
      SortedMap<Action, List<VerbGlobs>> verbs,
      SortedMap<String, BitSet> allow,
      SortedMap<String, BitSet> deny,
      Map<String, List<Wider>> fences) {
    this.prefix = prefix;
    this.cells = cells;
    this.verbs = verbs;
    this.allow = allow;
    this.deny = deny;
    this.fences = fences;
  }

  /** Every irregular path. */
  void closeAll() {
    List.of(Fences.ENCODED, Fences.PARAMETERS, Fences.TRAILING_SLASH, Fences.DOUBLED_SLASH)
        .forEach(this::close);
  }

  /** As few as can be seen to be needed; the proof tells whether that was enough. */
  void closeOpen() {
    var encoded = new TreeSet<String>();
    verbs.forEach(
        (action, inCells) -> {
          for (VerbGlobs globs : inCells) {
            globs.encoded().forEach(fence -> encoded.add(prefix.arn(action, fence)));
          }
        });
    TreeSet<String> widest = new TreeSet<>(encoded);
    widest.removeIf(
        fence -> encoded.stream().anyMatch(o -> !o.equals(fence) && Glob.contains(o, fence)));
    widest.forEach(fence -> deny.put(fence, cells.numbers()));
    boolean wild = allow.keySet().stream().anyMatch(arn -> arn.endsWith("*") || arn.contains("?*"));
    if (!widest.isEmpty()) {
      close(Fences.PARAMETERS);
    } else if (wild) {
      close(Fences.VANISHING);
    }
    closeSlashes();
  }

  private void close(String glob) {
    deny.put(prefix.text() + glob, cells.numbers());
  }

  private void closeSlashes() {
    List<Slashed> allowed = slashed();
    foldTwins(open(allowed));
    List<Slashed> open = open(allowed);
    if (open.stream().anyMatch(each -> !each.arn.contains("//"))) {
      close(Fences.TRAILING_SLASH);
      open = open(allowed);
    }
    if (!open.isEmpty()) {
      close(Fences.DOUBLED_SLASH);
    }
  }

  /** Those that some Allow takes. */
  private List<Slashed> slashed() {
    var slashed = new ArrayList<Slashed>();
    var allowed = new ArnIndex(prefix, allow.keySet());
    verbs.forEach(
        (action, inCells) -> {
          for (Cell cell : cells.all()) {
            for (TokenList list : inCells.get(cell.number()).slashed()) {
              var each = new Slashed(prefix.arn(action, list.fresh()), cell);
              if (matches(allow, allowed, each)) {
                slashed.add(each);
              }
            }
          }
        });
    return slashed;
  }

  private List<Slashed> open(List<Slashed> slashed) {
    var denied = new ArnIndex(prefix, deny.keySet());
    return slashed.stream().filter(each -> !matches(deny, denied, each)).toList();
  }

  private static boolean matches(SortedMap<String, BitSet> side, ArnIndex index, Slashed slashed) {
    return index.near(slashed.arn).stream()
        .anyMatch(
            glob ->
                Objects.requireNonNull(side.get(glob)).get(slashed.cell.number())
                    && Glob.matches(glob, slashed.arn));
  }

  /** {@code …/lit*} in place of {@code …/lit}, where nothing granted begins so (line 33). */
  private void foldTwins(List<Slashed> open) {
    var index = new ArnIndex(prefix, fences.keySet());
    var folded = new HashMap<String, Boolean>();
    for (Slashed slashed : open) {
      String plain = slashed.arn.replaceAll("/+$", "");
      for (String fence : index.near(plain)) {
        if (deny.containsKey(fence)
            && Glob.matches(fence, plain)
            && folded.computeIfAbsent(fence, this::mayBeFolded)) {
          deny.put(fence + "*", deny.remove(fence));
        }
      }
    }
  }

  private boolean mayBeFolded(String fence) {
    return fences.getOrDefault(fence, List.of()).stream().allMatch(this::mayBeFolded);
  }

  private boolean mayBeFolded(Wider wider) {
    return wider.list().endsWithLiteral()
        && verbs.entrySet().stream()
            .filter(verb -> wider.everyVerb() || verb.getKey() == wider.action())
            .flatMap(verb -> verb.getValue().stream())
            .noneMatch(
                globs ->
                    globs.touchesFolded(wider.list())
                        || wider.everyVerb() && globs.touchesFolded(wider.list().behindAny()));
  }
}
