package dev.grantway.compile;

import dev.grantway.compile.Rules.Progress;
import dev.grantway.policy.Effect;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a proof: which segments may follow a beginning of a path, and where that leads.
 *
 * <p>What a segment may be, apart from its exact text, matters only in this: which literal it is,
 * which one it becomes when normalised or whether it vanishes then, and whether it is empty, holds
 * a {@code %} or a {@code ;}, or begins with {@code ;}. For globs hold whole segments, or look for
 * one of these two characters. Holding both is denied wherever holding one is, so each such class
 * has one value here that holds one.
 */
final class Walk {
  static final int MAX_STATES = 30_000;

  private static final List<String> VALUES = List.of("|", "|%41", "|;a", "", ";a");

  private final List<Glob> globs;
  private final Set<String> literals;
  private final String base;
  private final Rules rules;
  private final Map<String, Value> values = new HashMap<>();

  /** What decisions make of a segment (SEM-11). */
  private record Value(String normalised, boolean regular) {
    static Value of(String text) {
      RequestPath path = RequestPath.of("/" + text);
      return new Value(path.normalised().text().substring(1), path.isRegular() && !text.isEmpty());
    }
  }

  /** A glob of a statement that is in force. */
  private record Glob(String text, boolean allows, boolean negated) {}

  /** What a beginning of a path is, as far as anything to come depends on it. */
  record State(
      boolean regular, int depth, Reading asItStands, Reading normalised, List<BitSet> globs) {}

  /**
   * How far the rules have come.
   *
   * @param before the same without the last segment where that is empty, since REST ignores a
   *     trailing slash
   */
  record Reading(Map<Integer, Progress> alive, @Nullable Map<Integer, Progress> before) {
    private boolean countsDepth() {
      return alive.containsValue(Progress.INSIDE)
          || before != null && before.containsValue(Progress.INSIDE);
    }
  }

  Walk(PolicyDocument document, IamContext context, String base, Rules rules) {
    this.base = base;
    this.rules = rules;
    this.globs = new ArrayList<>();
    this.literals = new LinkedHashSet<>();
    for (Statement statement : document.statements()) {
      if (IamEvaluator.conditionsHold(statement, context)) {
        boolean allows = statement.effect() == Effect.ALLOW;
        for (String resource : statement.resources()) {
          globs.add(new Glob(resource, allows, statement.notResources()));
          if (resource.startsWith(base)) {
            addLiterals(resource.substring(base.length()));
          }
        }
      }
    }
  }

  private void addLiterals(String path) {
    for (String segment : path.split("/")) {
      if (!segment.isEmpty() && segment.chars().noneMatch(c -> "*?;%".indexOf(c) >= 0)) {
        literals.add(segment);
      }
    }
  }

  Beginning start() {
    var all = new TreeMap<Integer, Progress>();
    for (int rule = 0; rule < rules.count(); rule++) {
      all.put(rule, Progress.INSIDE);
    }
    var reached = new ArrayList<BitSet>();
    for (Glob glob : globs) {
      var positions = new BitSet();
      positions.set(0);
      reached.add(positions);
    }
    var reading = new Reading(all, null);
    return new Beginning("", true, 0, reading, reading, read(reached, base));
  }

  List<Beginning> continuations(Beginning beginning) {
    var values = new LinkedHashSet<>(VALUES);
    for (String literal : literalsAfter(beginning)) {
      values.add(literal);
      values.add(literal + ";a");
      encoded(literal, values);
    }
    return values.stream().map(value -> step(beginning, value)).toList();
  }

  private Set<String> literalsAfter(Beginning beginning) {
    var next = new LinkedHashSet<>(literals);
    for (Reading reading : List.of(beginning.asItStands, beginning.normalised)) {
      reading.alive.forEach(
          (rule, progress) -> {
            if (progress == Progress.INSIDE) {
              rules.literalAt(rule, beginning.depth).ifPresent(next::add);
            }
          });
    }
    return next;
  }

  /** With its first unreserved character encoded; others stay encoded when normalised. */
  private static void encoded(String literal, Collection<String> values) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) {
        values.add(
            literal.substring(0, i) + "%" + Integer.toHexString(c) + literal.substring(i + 1));
        return;
      }
    }
  }

  private Beginning step(Beginning beginning, String value) {
    Value known = values.computeIfAbsent(value, Value::of);
    return new Beginning(
        beginning.text + "/" + value,
        beginning.regular && known.regular,
        beginning.depth + 1,
        step(beginning.asItStands, beginning.depth, value),
        step(beginning.normalised, beginning.depth, known.normalised),
        read(beginning.globs, "/" + value));
  }

  private Reading step(Reading reading, int depth, String value) {
    var alive = new TreeMap<Integer, Progress>();
    reading.alive.forEach(
        (rule, progress) ->
            rules.step(rule, progress, depth, value).ifPresent(next -> alive.put(rule, next)));
    return new Reading(alive, value.isEmpty() ? reading.alive : null);
  }

  private List<BitSet> read(List<BitSet> reached, String text) {
    var next = new ArrayList<BitSet>();
    for (int i = 0; i < reached.size(); i++) {
      next.add(read(globs.get(i).text, reached.get(i), text));
    }
    return next;
  }

  /** The positions of a glob that can be reached by reading a text: all at once. */
  private static BitSet read(String glob, BitSet from, String text) {
    if (from.isEmpty()) {
      return from;
    }
    BitSet reached = (BitSet) from.clone();
    var next = new BitSet(glob.length() + 1);
    for (int t = 0; t < text.length() && !reached.isEmpty(); t++) {
      next.clear();
      for (int g = reached.nextSetBit(0); g >= 0; g = reached.nextSetBit(g + 1)) {
        int at = g;
        while (at < glob.length() && glob.charAt(at) == '*') {
          next.set(at);
          at++;
        }
        if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(t))) {
          next.set(at + 1);
        }
      }
      BitSet read = next;
      next = reached;
      reached = read;
    }
    return reached;
  }

  /** The beginning of a path, and everything that what follows depends on. */
  final class Beginning {
    private final String text;
    private final boolean regular;
    private final int depth;
    private final Reading asItStands;
    private final Reading normalised;
    private final List<BitSet> globs;

    private Beginning(
        String text,
        boolean regular,
        int depth,
        Reading asItStands,
        Reading normalised,
        List<BitSet> globs) {
      this.text = text;
      this.regular = regular;
      this.depth = depth;
      this.asItStands = asItStands;
      this.normalised = normalised;
      this.globs = globs;
    }

    RequestPath path() {
      return RequestPath.of(text);
    }

    State state() {
      boolean counts = asItStands.countsDepth() || normalised.countsDepth();
      return new State(regular, counts ? depth : -1, asItStands, normalised, globs);
    }

    /**
     * False if nothing that begins like this can be allowed, and nothing of it need be.
     *
     * @param exact whether regular requests of the route that is proved must be allowed
     */
    boolean matters(boolean exact) {
      return exact && regular && asItStands.alive.containsKey(0) || mayBeAllowed();
    }

    private boolean mayBeAllowed() {
      boolean allowed = false;
      for (int i = 0; i < globs.size(); i++) {
        Glob glob = Walk.this.globs.get(i);
        BitSet reached = globs.get(i);
        if (glob.allows) {
          allowed |= !reached.isEmpty();
        } else if (!glob.negated
            && reached.get(glob.text.length() - 1)
            && glob.text.endsWith("*")) {
          return false;
        }
      }
      return allowed;
    }
  }
}
