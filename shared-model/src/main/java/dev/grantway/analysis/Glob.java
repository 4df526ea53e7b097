package dev.grantway.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A text with the wildcards of {@code StringLike}, or one without any. */
record Glob(String text, boolean wildcards) {
  private static final int MAX_STATES = 4_000;

  /** Stands for every character that no glob names. */
  private static final char OTHER = '~';

  static Glob pattern(String text) {
    return new Glob(text, true);
  }

  static Glob literal(String text) {
    return new Glob(text, false);
  }

  /**
   * A shortest text for every set of these globs that exactly those match of all texts; found by
   * walking all of them at once, character by character.
   *
   * @return empty if there are too many states to walk
   */
  static Optional<List<String>> everyWay(Collection<Glob> globs) {
    if (globs.isEmpty()) {
      return Optional.of(List.of());
    }
    List<Glob> distinct = globs.stream().distinct().toList();
    if (distinct.stream().anyMatch(glob -> glob.text().length() >= Long.SIZE - 1)) {
      return Optional.empty();
    }
    Set<Character> alphabet = alphabet(distinct);
    var open = new ArrayDeque<List<Long>>();
    var reached = new LinkedHashMap<List<Long>, String>();
    List<Long> start = distinct.stream().map(glob -> glob.closed(1L)).toList();
    reached.put(start, "");
    open.add(start);
    while (!open.isEmpty()) {
      List<Long> state = open.remove();
      String text = reached.getOrDefault(state, "");
      for (char c : alphabet) {
        var next = new ArrayList<Long>();
        for (int i = 0; i < distinct.size(); i++) {
          next.add(distinct.get(i).after(state.get(i), c));
        }
        if (reached.putIfAbsent(next, text + c) == null) {
          open.add(next);
        }
      }
      if (reached.size() > MAX_STATES) {
        return Optional.empty();
      }
    }
    return Optional.of(oneOfEachWay(distinct, reached));
  }

  /** The empty text, which no path holds, only where no other comes out as it does. */
  private static List<String> oneOfEachWay(List<Glob> globs, Map<List<Long>, String> reached) {
    var ways = new LinkedHashMap<List<Boolean>, String>();
    reached.forEach(
        (state, text) -> {
          var way = new ArrayList<Boolean>();
          for (int i = 0; i < globs.size(); i++) {
            way.add((state.get(i) >> globs.get(i).text().length() & 1) == 1);
          }
          ways.merge(way, text, (one, other) -> one.isEmpty() ? other : one);
        });
    return List.copyOf(ways.values());
  }

  private static Set<Character> alphabet(List<Glob> globs) {
    var named = new LinkedHashSet<Character>();
    for (Glob glob : globs) {
      for (char c : glob.text().toCharArray()) {
        if (!glob.wildcards() || c != '*' && c != '?') {
          named.add(c);
        }
      }
    }
    char other = OTHER;
    while (named.contains(other)) {
      other++;
    }
    named.add(other);
    return named;
  }

  /** The places reached from these by a character; bit n stands for "n characters are behind". */
  private long after(long places, char c) {
    long next = 0;
    for (int i = 0; i < text.length(); i++) {
      if ((places >> i & 1) == 1) {
        if (isStar(i)) {
          next |= 1L << i;
        } else if (text.charAt(i) == c || wildcards && text.charAt(i) == '?') {
          next |= 1L << (i + 1);
        }
      }
    }
    return closed(next);
  }

  private long closed(long places) {
    long all = places;
    for (int i = 0; i < text.length(); i++) {
      if ((all >> i & 1) == 1 && isStar(i)) {
        all |= 1L << (i + 1);
      }
    }
    return all;
  }

  private boolean isStar(int i) {
    return wildcards && text.charAt(i) == '*';
  }
}
