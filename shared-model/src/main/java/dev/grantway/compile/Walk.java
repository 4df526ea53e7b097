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
  /** Places in globs from which a segment is read, before a proof is given up: about a second. */
  private static final int MAX_WORK = 2_000_000;

  private static final List<String> VALUES = List.of("|", "|%41", "|;a", "", ";a");

  /** The route that is proved ({@link Rules}). */
  private static final int OWN_RULE = 0;

  private final List<Glob> globs;
  private final String base;
  private final Rules rules;
  private final Map<String, Value> values = new HashMap<>();
  private int work;

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
    for (Statement statement : document.statements()) {
      if (IamEvaluator.conditionsHold(statement, context)) {
        boolean allows = statement.effect() == Effect.ALLOW;
        for (String resource : statement.resources()) {
          globs.add(new Glob(resource, allows, statement.notResources()));
        }
      }
    }
  }

  Beginning start() {
    var all = new TreeMap<Integer, Progress>();
    for (int rule = 0; rule < rules.count(); rule++) {
      all.put(rule, Progress.INSIDE);
    }
    var reached = new ArrayList<BitSet>();
    for (Glob _ : globs) {
      var positions = new BitSet();
      positions.set(0);
      reached.add(positions);
    }
    var reading = new Reading(all, null);
    return new Beginning("", true, 0, reading, reading, read(reached, base));
  }

  /**
   * What one more segment leads to, but for beginnings of which nothing can be allowed and nothing
   * need be.
   *
   * @param exact whether regular requests of the route that is proved must be allowed
   * @throws TooMuchWork once the walk has grown too long
   */
  List<Beginning> continuations(Beginning beginning, boolean exact) {
    var next = new LinkedHashSet<>(VALUES);
    for (String literal : literalsAfter(beginning)) {
      next.add(literal);
      next.add(literal + ";a");
      encoded(literal, next);
    }
    work += next.size() * beginning.globs.stream().mapToInt(BitSet::cardinality).sum();
    if (work > MAX_WORK) {
      throw new TooMuchWork();
    }
    var continuations = new ArrayList<Beginning>();
    for (String value : next) {
      List<BitSet> reached = read(beginning.globs, "/" + value);
      if (mayBeAllowed(reached) || exact && mayBeMissing(beginning, value)) {
        continuations.add(step(beginning, value, reached));
      }
    }
    return continuations;
  }

  private boolean mayBeMissing(Beginning beginning, String value) {
    Progress own = beginning.asItStands.alive.get(OWN_RULE);
    return own != null
        && beginning.regular
        && values.computeIfAbsent(value, Value::of).regular
        && rules.step(OWN_RULE, own, beginning.depth, value).isPresent();
  }

  private boolean mayBeAllowed(List<BitSet> reached) {
    boolean allowed = false;
    for (int i = 0; i < reached.size(); i++) {
      Glob glob = globs.get(i);
      boolean matchesAllThatFollows =
          glob.text.endsWith("*") && reached.get(i).get(glob.text.length() - 1);
      if (!glob.allows && !glob.negated && matchesAllThatFollows) {
        return false;
      }
      allowed |= glob.allows && !reached.get(i).isEmpty();
    }
    return allowed;
  }

  /** The literals that some rule or glob waits for. */
  private Set<String> literalsAfter(Beginning beginning) {
    var next = new LinkedHashSet<String>();
    for (int i = 0; i < globs.size(); i++) {
      String glob = globs.get(i).text;
      beginning.globs.get(i).stream().forEach(at -> addLiteral(glob, at, next));
    }
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

  /** The segment that a glob has next at that position, if it is a literal. */
  private static void addLiteral(String glob, int position, Collection<String> literals) {
    int at = position;
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    if (at < glob.length() && glob.charAt(at) == '/') {
      int end = glob.indexOf('/', at + 1);
      String segment = glob.substring(at + 1, end < 0 ? glob.length() : end);
      if (!segment.isEmpty() && segment.chars().noneMatch(c -> "*?;%".indexOf(c) >= 0)) {
        literals.add(segment);
      }
    }
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

  private Beginning step(Beginning beginning, String value, List<BitSet> reached) {
    Value known = values.computeIfAbsent(value, Value::of);
    return new Beginning(
        beginning.text + "/" + value,
        beginning.regular && known.regular,
        beginning.depth + 1,
        step(beginning.asItStands, beginning.depth, value),
        step(beginning.normalised, beginning.depth, known.normalised),
        reached);
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
  static final class Beginning {
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
  }
}
