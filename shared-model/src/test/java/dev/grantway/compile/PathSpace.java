package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Many paths of one verb of a REST API at once: what routing, deciding and globs make of them, as
 * bit sets over their numbers.
 */
final class PathSpace {
  private final List<String> paths;
  private final List<String> normalised;
  private final BitSet regular = new BitSet();
  private final Map<String, BitSet> matched = new ConcurrentHashMap<>();
  private final Map<String, BitSet> matchedNormalised = new ConcurrentHashMap<>();
  private final Map<String, BitSet> globs = new ConcurrentHashMap<>();

  PathSpace(List<String> paths) {
    this.paths = List.copyOf(paths);
    this.normalised = paths.stream().map(OtherPaths::normalised).toList();
    for (int i = 0; i < paths.size(); i++) {
      regular.set(i, OtherPaths.isRegular(paths.get(i)));
    }
  }

  /** An ALLOW or a DENY for every request of that verb. */
  record Rule(boolean allows, String pattern) {}

  /** The paths that each template of a table receives, as they stand and normalised. */
  record Routed(List<String> templates, List<BitSet> asTheyStand, List<BitSet> normalised) {
    BitSet routable() {
      var all = new BitSet();
      asTheyStand.forEach(all::or);
      return all;
    }
  }

  int size() {
    return paths.size();
  }

  String path(int number) {
    return paths.get(number);
  }

  BitSet regular() {
    return regular;
  }

  Routed route(List<String> templates) {
    List<String> sorted = OtherPaths.inOrder(templates);
    return new Routed(
        sorted, shares(sorted, this::matched), shares(sorted, this::matchedNormalised));
  }

  private static List<BitSet> shares(List<String> sorted, Function<String, BitSet> matched) {
    var shares = new ArrayList<BitSet>();
    var taken = new BitSet();
    for (String template : sorted) {
      BitSet share = without(matched.apply(template), taken);
      taken.or(share);
      shares.add(share);
    }
    return shares;
  }

  /** SEM-02, SEM-03 and SEM-11. */
  BitSet allowed(Routed table, List<Rule> rules) {
    BitSet allowed = allowed(table.templates(), table.asTheyStand(), rules, this::matched);
    BitSet again = allowed(table.templates(), table.normalised(), rules, this::matchedNormalised);
    again.or(regular);
    allowed.and(again);
    return allowed;
  }

  private static BitSet allowed(
      List<String> templates,
      List<BitSet> shares,
      List<Rule> rules,
      Function<String, BitSet> matched) {
    var allowed = new BitSet();
    var denied = new BitSet();
    for (Rule rule : rules) {
      BitSet text = matched.apply(rule.pattern());
      for (int i = 0; i < templates.size(); i++) {
        if (OtherPaths.fits(rule.pattern(), templates.get(i))) {
          BitSet part = (BitSet) text.clone();
          part.and(shares.get(i));
          (rule.allows() ? allowed : denied).or(part);
        }
      }
    }
    return without(allowed, denied);
  }

  BitSet matched(String template) {
    return matched.computeIfAbsent(template, t -> all(t, paths, OtherPaths::routedByRest));
  }

  private BitSet matchedNormalised(String template) {
    return matchedNormalised.computeIfAbsent(
        template, t -> all(t, normalised, OtherPaths::routedByRest));
  }

  private static BitSet all(String template, List<String> paths, UnaryOperator<String> routed) {
    var set = new BitSet();
    for (int i = 0; i < paths.size(); i++) {
      set.set(i, OtherPaths.matches(template, routed.apply(paths.get(i))));
    }
    return set;
  }

  /** The paths that a glob after the verb matches. */
  BitSet matching(String glob) {
    return globs.computeIfAbsent(
        glob,
        g -> {
          var set = new BitSet();
          for (int i = 0; i < paths.size(); i++) {
            set.set(i, OtherIam.matches(g, paths.get(i)));
          }
          return set;
        });
  }

  /** The requests of that verb which a document allows, under the second evaluator. */
  BitSet allowed(OtherIam document, String verb, Map<String, String> context) {
    var allowed = new BitSet();
    var denied = new BitSet();
    for (OtherIam.Element element : document.elements()) {
      assertThat(element.actions()).containsExactly("execute-api:Invoke");
      if (element.isInForce(context)) {
        BitSet named = named(element, verb);
        if (element.notResources()) {
          named.flip(0, paths.size());
        }
        (element.allows() ? allowed : denied).or(named);
      }
    }
    return without(allowed, denied);
  }

  private BitSet named(OtherIam.Element element, String verb) {
    var named = new BitSet();
    for (String resource : element.resources()) {
      // GATEWAY rule 2: the ARN up to the stage stands literally in every emitted ARN.
      assertThat(resource).startsWith(Worlds.BASE + "/");
      for (String glob : after(verb, resource.substring(Worlds.BASE.length() + 1))) {
        named.or(matching(glob));
      }
    }
    return named;
  }

  /** What of a glob is left once it has read a verb: wildcards may stop anywhere in it. */
  private static List<String> after(String verb, String glob) {
    if (glob.startsWith(verb + "/")) {
      return List.of(glob.substring(verb.length()));
    }
    int slash = glob.indexOf('/');
    String head = slash < 0 ? glob : glob.substring(0, slash);
    if (head.indexOf('*') < 0) {
      return OtherIam.matches(head, verb) && slash >= 0
          ? List.of(glob.substring(slash))
          : List.of();
    }
    var rests = new ArrayList<String>();
    for (int i = 0; i <= glob.length(); i++) {
      // A `*` that has read the verb may go on reading.
      String rest = i > 0 && glob.charAt(i - 1) == '*' ? glob.substring(i - 1) : glob.substring(i);
      if (OtherIam.matches(glob.substring(0, i), verb)) {
        rests.add(rest);
      }
    }
    return rests;
  }

  /**
   * The paths that a text like {@code /teams/{any}/refunds} describes; {@code {any+}} stands for
   * one or more segments anywhere.
   */
  BitSet described(String text) {
    Pattern pattern = Pattern.compile(regex(text));
    var set = new BitSet();
    for (int i = 0; i < paths.size(); i++) {
      set.set(i, pattern.matcher(paths.get(i)).matches());
    }
    return set;
  }

  static String regex(String text) {
    var regex = new StringBuilder();
    for (String segment : OtherPaths.segments(text)) {
      String one = OtherPaths.isVariable(segment) ? "/[^/]+" : "/" + Pattern.quote(segment);
      regex.append(OtherPaths.isGreedy(segment) ? "(/[^/]+)+" : one);
    }
    return regex.isEmpty() ? "/" : regex.toString();
  }

  static BitSet without(BitSet from, BitSet taken) {
    BitSet left = (BitSet) from.clone();
    left.andNot(taken);
    return left;
  }

  /** The first one as text, for messages. */
  String first(BitSet set) {
    return set.isEmpty() ? "none" : paths.get(set.nextSetBit(0));
  }
}
