package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.compile.PathSpace.Routed;
import dev.grantway.compile.PathSpace.Rule;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * COMP-01, COMP-02 and COMP-03 for scope TOKEN on a whole small world: route tables of a few
 * templates over the letters a and b, every subset of its routes granted, every short string.
 *
 * <p>Exchanging a and b changes nothing, so of two tables that differ only in this one is tried.
 */
class SmallWorldTest {
  private static final int DEPTH = 3;
  private static final int SHARE = 8;
  private static final Map<String, String> CONTEXT =
      IamContext.of(Worlds.NOW, "203.0.113.9").values();
  private static final List<String> TEMPLATES = templates();

  /** What came out, and how often. */
  private static final class Counts {
    final LongAdder policies = new LongAdder();
    final LongAdder compiled = new LongAdder();
    final LongAdder notRepresentable = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder over = new LongAdder();
    final LongAdder under = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder open = new LongAdder();

    @Override
    public String toString() {
      return policies
          + " policies: "
          + compiled
          + " compiled, "
          + notRepresentable
          + " not representable ("
          + gaps
          + " with a gap), "
          + requests
          + " decisions: "
          + over
          + " over, "
          + under
          + " under, "
          + lost
          + " lost by subsets; "
          + open
          + " documents open beyond the table";
    }
  }

  /** Every table of one or two templates, and of those of three an eighth by a printed seed. */
  @Test
  void tablesOfUpToThreeTemplates() {
    long seed = Long.getLong("worlds.seed", System.nanoTime());
    System.out.println("SmallWorldTest: -Dworlds.seed=" + seed);
    var random = new Random(seed);
    run(
        "three templates",
        tables(3).stream().filter(table -> table.length < 3 || random.nextInt(SHARE) == 0).toList(),
        strings(7, 5));
  }

  /** Takes minutes: {@code ./grantway bench worlds}. */
  @Test
  @Tag("bench")
  void everyTableOfUpToThreeTemplates() {
    run("three templates", tables(3), strings(7, 5));
  }

  /** Takes long: {@code ./grantway bench worlds}. */
  @Test
  @Tag("bench")
  void everyTableOfFourTemplates() {
    run("four templates", tables(4), strings(9, 6));
  }

  private static void run(String name, List<int[]> tables, List<String> strings) {
    var space = new PathSpace(strings);
    var counts = new Counts();
    long start = System.nanoTime();
    tables.parallelStream().forEach(table -> table(table, space, counts));
    System.out.println(
        "SmallWorldTest %s: %d tables, %d strings, %d s; %s"
            .formatted(
                name,
                tables.size(),
                strings.size(),
                (System.nanoTime() - start) / 1_000_000_000L,
                counts));
    assertThat(counts.compiled.sum()).isGreaterThan(counts.policies.sum() / 2);
    assertThat(counts.notRepresentable.sum()).isPositive();
  }

  private static void table(int[] numbers, PathSpace space, Counts counts) {
    List<String> templates = IntStream.of(numbers).mapToObj(TEMPLATES::get).toList();
    Api api =
        Worlds.api(ApiType.REST, templates.stream().map(t -> "GET " + t).toArray(String[]::new));
    Routed routed = space.route(templates);
    Routed words = AlignedGlobs.PATHS.route(templates);
    for (int subset = 0; subset < 1 << templates.size(); subset++) {
      var rules = new ArrayList<Rule>();
      for (int i = 0; i < templates.size(); i++) {
        if ((subset >> i & 1) == 1) {
          rules.add(new Rule(true, templates.get(i)));
        }
      }
      policy(api, rules, space, routed, words, counts);
    }
  }

  private static void policy(
      Api api, List<Rule> rules, PathSpace space, Routed routed, Routed words, Counts counts) {
    Compilation compilation = compile(api, rules);
    BitSet allowed = space.allowed(routed, rules);
    BitSet opened = space.allowed(OtherIam.read(compilation.emitted().json()), "GET", CONTEXT);
    BitSet over = PathSpace.without(opened, allowed);
    over.and(routed.routable());
    BitSet under = PathSpace.without(allowed, opened);
    under.and(space.regular());
    BitSet beyond = PathSpace.without(opened, routed.routable());
    counts.policies.increment();
    counts.requests.add(space.size());
    counts.over.add(over.cardinality());
    if (!over.isEmpty()) {
      throw wrong(compilation, "opens `" + space.first(over) + "`", api, rules);
    }
    if (!beyond.isEmpty() && compilation.emitted().proof().openBeyondTable().isEmpty()) {
      throw wrong(compilation, "says nothing of `" + space.first(beyond) + "`", api, rules);
    }
    compilation
        .emitted()
        .proof()
        .openBeyondTable()
        .ifPresent(witness -> checkWitness(compilation, witness, routed, counts));
    BitSet mayCall = AlignedGlobs.PATHS.allowed(words, rules);
    BitSet mayNot = PathSpace.without(words.routable(), mayCall);
    boolean exact = AlignedGlobs.search(mayCall, mayNot).exact();
    switch (compilation) {
      case Compiled compiled -> {
        counts.compiled.increment();
        counts.under.add(under.cardinality());
        if (!under.isEmpty()) {
          throw wrong(compiled, "closes `" + space.first(under) + "`", api, rules);
        }
        if (!exact) {
          throw wrong(compiled, "is exact, and the search found none", api, rules);
        }
      }
      case NotRepresentable none -> {
        counts.notRepresentable.increment();
        counts.lost.add(under.cardinality());
        if (exact) {
          throw wrong(none, "is not exact, and the search found one that is", api, rules);
        }
        checkLost(none, api, rules, space, routed, allowed, under);
        checkConflicts(none, api, rules, mayCall, mayNot, counts);
      }
      case Compilation.TooLarge tooLarge -> throw wrong(tooLarge, "is too large", api, rules);
    }
  }

  /** COMP-03: the finding lists exactly what is lost. */
  private static void checkLost(
      NotRepresentable none,
      Api api,
      List<Rule> rules,
      PathSpace space,
      Routed routed,
      BitSet allowed,
      BitSet under) {
    var listed = new BitSet();
    for (String lost : none.lost()) {
      assertThat(lost).startsWith("GET /");
      String template = lost.substring("GET ".length());
      int route = routed.templates().indexOf(template);
      listed.or(route >= 0 ? routed.asTheyStand().get(route) : space.described(template));
    }
    listed.and(allowed);
    listed.and(space.regular());
    if (!listed.equals(under)) {
      BitSet more = PathSpace.without(listed, under);
      BitSet less = PathSpace.without(under, listed);
      throw wrong(
          none,
          "lists %s as lost: `%s` is not, `%s` is also"
              .formatted(none.lost(), space.first(more), space.first(less)),
          api,
          rules);
    }
  }

  /** COMP-03: a conflict names requests that must be denied; collisions cost no more than they. */
  private static void checkConflicts(
      NotRepresentable none,
      Api api,
      List<Rule> rules,
      BitSet mayCall,
      BitSet mayNot,
      Counts counts) {
    List<String> templates =
        api.routes().routes().stream().map(route -> route.template().toString()).toList();
    for (Conflict conflict : none.conflicts()) {
      String path = conflict.path();
      boolean served =
          OtherPaths.inOrder(templates).stream()
              .filter(template -> OtherPaths.matches(template, path))
              .findFirst()
              .filter(template -> conflict.route().equals("GET " + template))
              .isPresent();
      var one = new PathSpace(List.of(path));
      boolean denied = one.allowed(one.route(templates), rules).isEmpty();
      // Once a route is dropped as a whole, the rest is compiled as if it were not granted.
      boolean dropped = none.lost().contains(conflict.route());
      if (!served
          || !(denied || dropped)
          || !templates.contains(conflict.with().replace("GET ", ""))) {
        throw wrong(none, "names " + conflict + " as a conflict", api, rules);
      }
    }
    if (none.conflicts().stream().anyMatch(conflict -> conflict.kind() == Conflict.Kind.GAP)) {
      counts.gaps.increment();
      return;
    }
    BitSet opened = AlignedGlobs.PATHS.allowed(OtherIam.read(none.subset().json()), "GET", CONTEXT);
    BitSet more =
        PathSpace.without(PathSpace.without(mayCall, opened), AlignedGlobs.loss(mayCall, mayNot));
    if (!more.isEmpty()) {
      throw wrong(none, "loses `" + AlignedGlobs.PATHS.first(more) + "` for no reason", api, rules);
    }
  }

  private static AssertionError wrong(
      Compilation compilation, String what, Api api, List<Rule> rules) {
    return new AssertionError(
        "the document for %s of %s %s: %s"
            .formatted(rules, api.routes().routes(), what, compilation));
  }

  private static void checkWitness(
      Compilation compilation, String witness, Routed routed, Counts counts) {
    counts.open.increment();
    String text = witness.substring(witness.indexOf('/'));
    boolean opened =
        OtherIam.read(compilation.emitted().json()).evaluate(Worlds.BASE + "/GET" + text, CONTEXT)
            == Verdict.ALLOW;
    boolean served =
        routed.templates().stream()
            .anyMatch(t -> OtherPaths.matches(t, OtherPaths.routedByRest(text)));
    if (!opened || served) {
      throw new AssertionError(
          "`%s` is open beyond %s, says %s".formatted(witness, routed.templates(), compilation));
    }
  }

  /** The oracle itself, against the one decide. */
  @Test
  void bothReadingsOfRoutesAndRulesAgree() {
    long seed = System.nanoTime();
    System.out.println("SmallWorldTest seed " + seed);
    var random = new Random(seed);
    List<String> strings = strings(6, 5);
    var space = new PathSpace(strings);
    var patterns = new ArrayList<>(TEMPLATES);
    TEMPLATES.stream()
        .filter(template -> template.endsWith("+}"))
        .forEach(template -> patterns.add(template.replace("{p+}", "**")));
    for (int i = 0; i < 300; i++) {
      List<String> templates =
          random.ints(0, TEMPLATES.size()).distinct().limit(4).mapToObj(TEMPLATES::get).toList();
      var rules = new ArrayList<Rule>();
      for (int r = 0; r <= random.nextInt(4); r++) {
        rules.add(new Rule(random.nextInt(3) > 0, patterns.get(random.nextInt(patterns.size()))));
      }
      Api api =
          Worlds.api(ApiType.REST, templates.stream().map(t -> "GET " + t).toArray(String[]::new));
      Routed routed = space.route(templates);
      BitSet allowed = space.allowed(routed, rules);
      BitSet routable = routed.routable();
      List<Permission> permissions = permissions(rules);
      for (int s = 0; s < 200; s++) {
        int number = random.nextInt(strings.size());
        RequestPath path = RequestPath.of(strings.get(number));
        assertThat(api.routes().route(Action.GET, path).isPresent())
            .as("seed %d: `%s` in %s", seed, path, templates)
            .isEqualTo(routable.get(number));
        assertThat(
                Decisions.decide(api, Worlds.request(Action.GET, path, null, Map.of()), permissions)
                    .isAllowed())
            .as("seed %d: `%s` in %s by %s", seed, path, templates, rules)
            .isEqualTo(allowed.get(number));
      }
    }
  }

  private static Compilation compile(Api api, List<Rule> rules) {
    return Compiler.compile(
        Worlds.compileRequest(
            api,
            Worlds.request(Action.GET, RequestPath.of("/"), null, Map.of()),
            permissions(rules),
            CacheKey.TOKEN));
  }

  private static List<Permission> permissions(List<Rule> rules) {
    return rules.stream()
        .map(
            rule ->
                Worlds.permission((rule.allows() ? "ALLOW" : "DENY") + " GET " + rule.pattern()))
        .toList();
  }

  /** All templates of up to three segments. */
  private static List<String> templates() {
    var templates = new ArrayList<>(List.of("/"));
    List<String> level = List.of("");
    for (int depth = 1; depth <= DEPTH; depth++) {
      var next = new ArrayList<String>();
      for (String start : level) {
        templates.add(start + "/{p+}");
        for (String segment : List.of("a", "b", "{p}")) {
          next.add(start + "/" + segment);
        }
      }
      templates.addAll(next);
      level = next;
    }
    return List.copyOf(templates);
  }

  /** Every table of 1 to so many templates, up to exchanging a and b. */
  private static List<int[]> tables(int templates) {
    var swapped = new ArrayList<Integer>();
    for (String template : TEMPLATES) {
      swapped.add(
          TEMPLATES.indexOf(template.replace('a', 'x').replace('b', 'a').replace('x', 'b')));
    }
    var tables = new ArrayList<int[]>();
    var growing = new ArrayList<>(List.of(new int[0]));
    for (int size = 1; size <= templates; size++) {
      var next = new ArrayList<int[]>();
      for (int[] table : growing) {
        int from = table.length == 0 ? 0 : table[table.length - 1] + 1;
        for (int t = from; t < TEMPLATES.size(); t++) {
          int[] longer = Arrays.copyOf(table, table.length + 1);
          longer[table.length] = t;
          next.add(longer);
          int[] other = IntStream.of(longer).map(swapped::get).sorted().toArray();
          if (Arrays.compare(longer, other) <= 0) {
            tables.add(longer);
          }
        }
      }
      growing = next;
    }
    return tables;
  }

  /**
   * Every text of up to so many letters a, b and slashes after the first slash, and every one of up
   * to so many marks among which are {@code ;} and the encodings of both letters.
   */
  private static List<String> strings(int letters, int marks) {
    var strings = new LinkedHashSet<String>();
    add(strings, List.of("a", "b", "/"), letters);
    add(strings, List.of("a", "b", "/", ";", "%61", "%62"), marks);
    return List.copyOf(strings);
  }

  private static void add(Set<String> strings, List<String> marks, int longest) {
    List<String> level = List.of("/");
    strings.addAll(level);
    for (int length = 1; length <= longest; length++) {
      var next = new ArrayList<String>();
      for (String start : level) {
        marks.forEach(mark -> next.add(start + mark));
      }
      strings.addAll(next);
      level = next;
    }
  }
}
