package dev.grantway.benchmarks;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Statement;
import dev.grantway.compile.Verdict;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.figures.Part;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the documents of the policies that are compiled here open and close, beside the list that
 * people write by hand: each permission's ARN with {@code *} for every variable, in one Allow and
 * one Deny. Every route is asked for, each variable once with a value that no permission names and
 * once with one that some name.
 */
final class OverGrants {
  private static final int BUDGET = 16 * 1024 * 1024;
  private static final ArnPrefix STAGE =
      ArnPrefix.of("aws", "us-east-1", "123456789012", SamplePolicy.ID, "prod");

  private OverGrants() {}

  /**
   * What one document does wrongly of so many requests.
   *
   * @param over requests that it allows and the permissions do not
   * @param under requests that the permissions allow and it does not
   */
  record Counted(int bytes, int over, int under) {}

  /**
   * Both documents of one policy.
   *
   * @param more what there is more of than in the smallest of {@link PolicyGrowth}; empty for
   *     another policy
   * @param times how many times as much
   * @param requests how many were asked
   * @param allowed how many of them the permissions allow
   */
  record Compared(
      String policy,
      String more,
      int times,
      int requests,
      int allowed,
      Counted byHand,
      Counted compiled) {}

  /** Compares the policies of {@link PolicyCompilation} and {@link PolicyGrowth}. */
  static List<Compared> ofEveryPolicy() {
    var all = new ArrayList<Compared>();
    all.add(compare("200 on 300 routes, whole", SamplePolicy.of(300, 200, false)));
    all.add(compare("200 on 300 routes, split", SamplePolicy.of(300, 200, true)));
    for (String more : PolicyGrowth.WHAT) {
      for (int times : PolicyGrowth.TIMES) {
        SamplePolicy policy = PolicyGrowth.policy(more, times);
        String name =
            "%,d of %d roles on %,d routes"
                .formatted(
                    policy.granted().size(),
                    policy.roles().size(),
                    policy.api().routes().routes().size());
        all.add(compare(name, more, times, policy));
      }
    }
    return all;
  }

  static Compared compare(String name, SamplePolicy policy) {
    return compare(name, "", 0, policy);
  }

  private static Compared compare(String name, String more, int times, SamplePolicy policy) {
    CompileRequest request = policy.request(CacheKey.TOKEN, BUDGET);
    Compilation compiled = Compiler.compile(request);
    mustBeExact(request, compiled);
    List<AccessRequest> asked = requests(request);
    List<Boolean> decided = decided(request, asked);
    return new Compared(
        name,
        more,
        times,
        asked.size(),
        (int) decided.stream().filter(it -> it).count(),
        count(byHand(policy), asked, decided),
        count(PolicyDocument.read(compiled.emitted().json()), asked, decided));
  }

  /**
   * Sees that a document is proved, allows nothing that the permissions do not, and all that they
   * do: of every route, or of the one that it was compiled for.
   */
  static void mustBeExact(CompileRequest request, Compilation compiled) {
    Answers.mustBe(true, compiled instanceof Compilation.Compiled, "an exact document");
    Answers.mustBe(true, compiled.emitted().proof().requests() > 0, "a proved document");
    PolicyDocument document = PolicyDocument.read(compiled.emitted().json());
    List<AccessRequest> asked = requests(request);
    List<AccessRequest> meant = asked.stream().filter(it -> isMeant(request, it)).toList();
    Answers.mustBe(
        0, count(document, asked, decided(request, asked)).over(), "what the document opens");
    Answers.mustBe(
        0, count(document, meant, decided(request, meant)).under(), "what the document closes");
  }

  private static boolean isMeant(CompileRequest request, AccessRequest asked) {
    return request.key().equals(CacheKey.TOKEN)
        || asked.action().equals(request.request().action())
            && Objects.equals(asked.template(), request.request().template());
  }

  private static List<Boolean> decided(CompileRequest request, List<AccessRequest> asked) {
    return asked.stream()
        .map(it -> Decisions.decide(request.api(), it, request.permissions()).isAllowed())
        .toList();
  }

  private static Counted count(
      PolicyDocument document, List<AccessRequest> asked, List<Boolean> decided) {
    int over = 0;
    int under = 0;
    for (int i = 0; i < asked.size(); i++) {
      AccessRequest it = asked.get(i);
      String arn = STAGE.text() + "/" + it.action() + it.path();
      boolean allowed = IamEvaluator.evaluate(document, arn, IamContext.NONE) == Verdict.ALLOW;
      over += allowed && !decided.get(i) ? 1 : 0;
      under += !allowed && decided.get(i) ? 1 : 0;
    }
    return new Counted(document.bytes(), over, under);
  }

  private static PolicyDocument byHand(SamplePolicy policy) {
    var statements = new ArrayList<Statement>();
    for (Effect effect : Effect.values()) {
      var arns = new TreeSet<String>();
      for (Permission permission : policy.granted()) {
        if (permission.effect() == effect) {
          String path = permission.resource().toString().replaceAll("\\{[^}]*}", "*");
          permission.actions().forEach(action -> arns.add(STAGE.text() + "/" + action + path));
        }
      }
      statements.add(
          new Statement(
              effect, List.of(Statement.INVOKE), false, List.copyOf(arns), false, List.of()));
    }
    return new PolicyDocument(statements);
  }

  private static List<AccessRequest> requests(CompileRequest request) {
    var requests = new ArrayList<AccessRequest>();
    AccessRequest any = request.request();
    for (Route route : request.api().routes().routes()) {
      String template = route.template().toString();
      for (String value :
          template.contains("{") ? List.of("zz9", SamplePolicy.NAMED) : List.of("")) {
        for (Action action : route.actions()) {
          requests.add(
              new AccessRequest(
                  any.api(),
                  any.stage(),
                  action,
                  RequestPath.of(template.replaceAll("\\{[^}]*}", value)),
                  route.template(),
                  any.principal(),
                  any.context()));
        }
      }
    }
    return requests;
  }

  static Part part(List<Compared> all) {
    return new Part(
        "over-grants",
        "What the documents open",
        "The documents of the policies of PolicyCompilation and PolicyGrowth, one for the whole"
            + " stage, beside the list written by hand: each permission's ARN with * for every"
            + " variable, in one Allow and one Deny. Every route is asked for, its variables with a"
            + " value that no permission names and with one that some name. Opened: allowed by the"
            + " document and not by the permissions. Closed: the other way round, which a compiled"
            + " document does only where IAM cannot say what the permissions say; then it is said"
            + " (not-representable) and that route takes another cache key.",
        List.of(
            new Part.Table(
                "",
                List.of(
                    "permissions",
                    "more",
                    "requests",
                    "allowed",
                    "by hand, bytes",
                    "opened",
                    "closed",
                    "compiled, bytes",
                    "opened",
                    "closed"),
                all.stream().map(OverGrants::row).toList())),
        List.of(
            plot("The compiled document", all, Compared::compiled),
            plot("The list by hand", all, Compared::byHand)));
  }

  private static Part.Plot plot(
      String title, List<Compared> all, Function<Compared, Counted> document) {
    return new Part.Plot(
        title,
        "times 250 permissions of 5 roles on 250 routes",
        "bytes",
        true,
        PolicyGrowth.WHAT.stream()
            .map(
                more ->
                    new Part.Series(
                        "more " + more,
                        all.stream()
                            .filter(it -> it.more().equals(more))
                            .map(it -> new Part.Point(it.times(), document.apply(it).bytes()))
                            .toList()))
            .filter(line -> !line.points().isEmpty())
            .toList());
  }

  private static List<String> row(Compared it) {
    return List.of(
        it.policy(),
        it.more().isEmpty() ? "" : it.more() + " × " + it.times(),
        number(it.requests()),
        number(it.allowed()),
        number(it.byHand().bytes()),
        number(it.byHand().over()),
        number(it.byHand().under()),
        number(it.compiled().bytes()),
        number(it.compiled().over()),
        number(it.compiled().under()));
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
