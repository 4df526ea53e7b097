package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** COMP-07: how small exact documents are, beside what would be sent without packing. */
class DocumentSizeTest {
  private static final int POLICIES = 800;

  /** For segments that vanish, slashes too many, parameters and encodings. */
  private static final List<String> CLOSINGS = List.of("*/;*", "*//*", "*/?*/", "*;*", "*%*");

  private static final Map<String, String> KEYS = IamContext.of(Worlds.NOW, "203.0.113.9").values();

  /** One policy's documents, in bytes, and what the naive one opens too much. */
  private record Sizes(int ours, int plain, int naive, int over, int requests) {}

  @Test
  void documentsAreAtMostHalfOfThePlainExactOnes() {
    long seed = Long.getLong("worlds.seed", 1);
    System.out.println("DocumentSizeTest seed " + seed);
    var sizes = new ArrayList<Sizes>();
    for (int number = 0; number < POLICIES; number++) {
      // Numbers 0, 1 and 2 of every five are CRUD.
      if (number % 5 < 3) {
        measure(seed, number, sizes);
      }
    }
    double ratio = median(sizes.stream().map(s -> (double) s.plain() / s.ours()).toList());
    System.out.printf(
        "DocumentSizeTest %d exact CRUD documents: median %.0f bytes, plain %.0f (ratio %.2f),"
            + " naive list %.0f with %d over-grants in %d requests, none of them in %d documents%n",
        sizes.size(),
        median(sizes.stream().map(s -> (double) s.ours()).toList()),
        median(sizes.stream().map(s -> (double) s.plain()).toList()),
        ratio,
        median(sizes.stream().map(s -> (double) s.naive()).toList()),
        sizes.stream().mapToInt(Sizes::over).sum(),
        sizes.stream().mapToInt(Sizes::requests).sum(),
        sizes.stream().filter(s -> s.over() == 0).count());
    assertThat(sizes.size()).isGreaterThan(POLICIES / 20);
    assertThat(ratio).isGreaterThanOrEqualTo(2);
  }

  private static void measure(long seed, int number, List<Sizes> sizes) {
    CompileRequest request = new RandomPolicy(seed, number, false).request();
    boolean whole =
        request.permissions().stream().noneMatch(permission -> splits(request, permission));
    if (whole
        && Compiler.compile(request) instanceof Compiled compiled
        && compiled.proof().requests() > 0) {
      var space =
          new PathSpace(
              SamplePaths.of(
                  request.api().routes(), request.permissions(), new Random(seed + number)));
      var verbs = new ArrayList<Verb>();
      for (Action action : List.of(Action.GET, Action.POST, Action.PUT, Action.DELETE)) {
        verbs.add(
            new Verb(
                action, space, decided(request, action, space), served(request, action, space)));
      }
      String plain = plain(request, verbs);
      String naive = PlainDocument.naive(request).orElseThrow();
      int over = 0;
      for (Verb verb : verbs) {
        BitSet missing = PathSpace.without(verb.decided, verb.allowed(plain));
        missing.and(space.regular());
        assertThat(space.first(missing))
            .as("seed %d policy %d: what the plain document lacks of %s", seed, number, verb.action)
            .isEqualTo("none");
        assertThat(space.first(verb.over(plain)))
            .as("seed %d policy %d: what it opens of %s", seed, number, verb.action)
            .isEqualTo("none");
        BitSet opened = verb.over(naive);
        opened.and(space.regular());
        over += opened.cardinality();
      }
      sizes.add(
          new Sizes(
              compiled.bytes(),
              PlainDocument.bytes(plain),
              PlainDocument.bytes(naive),
              over,
              4 * space.size()));
    }
  }

  /** The requests of one verb: those that are decided allowed, and those that some route serves. */
  private record Verb(Action action, PathSpace space, BitSet decided, BitSet served) {
    BitSet allowed(String document) {
      return space.allowed(OtherIam.read(document), action.name(), KEYS);
    }

    BitSet over(String document) {
      BitSet over = PathSpace.without(allowed(document), decided);
      over.and(served);
      return over;
    }
  }

  /** With as many closings for irregular paths as it needs, one statement each. */
  private static String plain(CompileRequest request, List<Verb> verbs) {
    var closings = new ArrayList<String>();
    String plain = PlainDocument.exact(request, closings);
    for (String closing : CLOSINGS) {
      closings.add(closing);
      String closed = PlainDocument.exact(request, closings);
      if (over(closed, verbs) < over(plain, verbs)) {
        plain = closed;
      } else {
        closings.removeLast();
      }
    }
    return plain;
  }

  private static int over(String document, List<Verb> verbs) {
    return verbs.stream().mapToInt(verb -> verb.over(document).cardinality()).sum();
  }

  private static BitSet decided(CompileRequest request, Action action, PathSpace space) {
    var decided = new BitSet();
    AccessRequest any = request.request();
    for (int i = 0; i < space.size(); i++) {
      var access =
          new AccessRequest(
              any.api(),
              any.stage(),
              action,
              RequestPath.of(space.path(i)),
              null,
              any.principal(),
              any.context());
      decided.set(i, Decisions.decide(request.api(), access, request.permissions()).isAllowed());
    }
    return decided;
  }

  private static BitSet served(CompileRequest request, Action action, PathSpace space) {
    var served = new BitSet();
    for (int i = 0; i < space.size(); i++) {
      RequestPath path = RequestPath.of(space.path(i));
      served.set(i, request.api().routes().route(action, path).isPresent());
    }
    return served;
  }

  /** True if it covers a part of some route. */
  private static boolean splits(CompileRequest request, Permission permission) {
    return request.api().routes().routes().stream()
        .anyMatch(route -> Reach.of(permission.resource(), route.template()) == Reach.PART);
  }

  private static double median(List<Double> values) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }
}
