package dev.grantway.compile;

import dev.grantway.compile.GlobReader.Places;
import dev.grantway.compile.Rules.Reached;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a proof: which segments may follow a beginning of a path, and where that leads.
 *
 * <p>What a segment may be, apart from its exact text, matters only in this: which literal it is,
 * which one it becomes when normalised or whether it vanishes then, and whether it is empty, holds
 * a {@code %} or a {@code ;}, or begins with {@code ;} or like a literal that a glob folds. For
 * globs hold whole segments, or look for one of these. Holding both {@code %} and {@code ;} is
 * denied wherever holding one is, so each such class has one value here that holds one.
 */
final class Walk {
  /** Steps of reading before a proof is given up: about two seconds. */
  private static final int MAX_WORK = 4_000_000;

  private static final List<String> VALUES = List.of("|", "|%41", "|;a", "", ";a");

  private final GlobReader reader;
  private final Rules rules;
  private final boolean exact;
  private final Map<String, Value> values = new HashMap<>();
  private int work;

  /** What decisions make of a segment (SEM-11). */
  private record Value(String normalised, boolean regular) {
    static Value of(String text) {
      RequestPath path = RequestPath.of("/" + text);
      return new Value(path.normalised().text().substring(1), path.isRegular() && !text.isEmpty());
    }
  }

  /** What a beginning of a path is, as far as anything to come depends on it. */
  record State(boolean regular, int depth, Reading asItStands, Reading normalised, Places places) {}

  /**
   * How far the rules have come.
   *
   * @param before the same without the last segment where that is empty, since REST ignores a
   *     trailing slash
   */
  record Reading(Reached reached, @Nullable Reached before) {
    private boolean countsDepth() {
      return !reached.inside().isEmpty() || before != null && !before.inside().isEmpty();
    }
  }

  /** The beginning of a path, and everything that what follows depends on. */
  record Beginning(
      String text,
      boolean regular,
      int depth,
      Reading asItStands,
      Reading normalised,
      Places places) {

    RequestPath path() {
      return RequestPath.of(text);
    }

    State state() {
      boolean counts = asItStands.countsDepth() || normalised.countsDepth();
      return new State(regular, counts ? depth : -1, asItStands, normalised, places);
    }
  }

  /**
   * @param exact whether regular requests that are granted must be allowed
   */
  Walk(GlobReader reader, Rules rules, boolean exact) {
    this.reader = reader;
    this.rules = rules;
    this.exact = exact;
  }

  Beginning start() {
    var reading = new Reading(rules.start(), null);
    return new Beginning("", true, 0, reading, reading, reader.start());
  }

  /** False if no path can be allowed and none need be. */
  boolean hasSomethingToCompare(Beginning start) {
    return reader.mayBeAllowed(start.places)
        || exact && rules.mayBeGranted(start.asItStands.reached);
  }

  /** The root is the one path that has a slash and no segment. */
  Verdict verdict(Beginning beginning) {
    return reader.verdict(
        beginning.text.isEmpty() ? reader.read(beginning.places, "/") : beginning.places);
  }

  /**
   * What one more segment leads to, but for beginnings of which nothing can be allowed and nothing
   * need be.
   *
   * @throws TooMuchWork once the walk has grown too long
   */
  List<Beginning> continuations(Beginning beginning) {
    var continuations = new ArrayList<Beginning>();
    for (String value : values(beginning)) {
      Value known = values.computeIfAbsent(value, Value::of);
      Places reached = reader.read(beginning.places, "/" + value);
      boolean regular = beginning.regular && known.regular;
      boolean mayBeAllowed = reader.mayBeAllowed(reached);
      if (mayBeAllowed || exact && regular) {
        Reading next = step(beginning.asItStands, beginning.depth, value);
        if (mayBeAllowed || rules.mayBeGranted(next.reached)) {
          continuations.add(
              new Beginning(
                  beginning.text + "/" + value,
                  regular,
                  beginning.depth + 1,
                  next,
                  regular ? next : step(beginning.normalised, beginning.depth, known.normalised),
                  reached));
        }
      }
    }
    return continuations;
  }

  private Collection<String> values(Beginning beginning) {
    var literals = new LinkedHashSet<String>();
    reader.addLiterals(beginning.places, literals);
    for (Reading reading : List.of(beginning.asItStands, beginning.normalised)) {
      rules.addLiterals(reading.reached, beginning.depth, literals);
    }
    var next = new LinkedHashSet<>(VALUES);
    for (String literal : literals) {
      next.add(literal);
      if (!literal.endsWith("|")) {
        next.add(literal + ";a");
        encoded(literal, next);
      }
    }
    work += next.size() * (1 + beginning.places.count());
    if (work > MAX_WORK) {
      throw new TooMuchWork();
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

  private Reading step(Reading reading, int depth, String value) {
    return new Reading(
        rules.step(reading.reached, depth, value), value.isEmpty() ? reading.reached : null);
  }
}
