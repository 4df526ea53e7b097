package dev.grantway.compile;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Proof;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import java.util.List;
import java.util.Optional;

/**
 * Turns what a principal's permissions allow into the policy document for API Gateway: exactly
 * that, proved before it is returned (COMP-01 to COMP-07). The same input gives the same bytes.
 */
public final class Compiler {
  /** GATEWAY rule 13. */
  static final int MAX_ARN = 512;

  private Compiler() {}

  /**
   * Compiles the document for the scope that the cache key asks for. Where nothing is allowed, or
   * the event's template is none of the table's, it is one Deny on the whole stage.
   */
  public static Compilation compile(CompileRequest request) {
    return compile(request, TableAnalysis.of(request.api().routes()));
  }

  /**
   * The same, with what is known of the API's table already.
   *
   * @throws IllegalArgumentException if it is another table's
   */
  public static Compilation compile(CompileRequest request, TableAnalysis table) {
    if (!table.isOf(request.api().routes())) {
      throw new IllegalArgumentException("the analysis is of another API's route table");
    }
    return switch (request.key().scope()) {
      case REQUEST -> compileRequest(request);
      case ROUTE ->
          route(request)
              .map(route -> DocumentCompiler.route(request, table, route))
              .orElseGet(() -> nothing(request));
      case TOKEN -> DocumentCompiler.stage(request, table);
    };
  }

  static Compiled nothing(CompileRequest request) {
    return Compiled.of(Assembly.nothing(request.arn()), Proof.NOTHING_ALLOWED);
  }

  /** One decision, and the incoming ARN where it may be echoed (GATEWAY rules 5 and 8). */
  private static Compilation compileRequest(CompileRequest request) {
    RequestPath path = request.request().path();
    boolean allowed =
        isOnItsRoute(request)
            && Echo.isSafe(path.text())
            && Decisions.decide(request.api(), request.request(), request.permissions())
                .isAllowed();
    if (!allowed) {
      return nothing(request);
    }
    String arn = request.arn().arn(request.request().action(), path.text());
    if (arn.length() > MAX_ARN) {
      return new TooLarge(arn.length(), MAX_ARN, lost(request), nothing(request));
    }
    Statement allow = Statement.of(Effect.ALLOW, List.of(arn));
    var document =
        new PolicyDocument(
            request.options().resourcePolicyFence()
                ? List.of(allow, Statement.denyAllBut(List.of(arn), List.of()))
                : List.of(allow));
    Compiled compiled = Compiled.of(document, new Proof(1, Optional.empty()));
    int limit = request.options().maxBytes();
    return compiled.bytes() <= limit
        ? compiled
        : new TooLarge(compiled.bytes(), limit, lost(request), nothing(request));
  }

  private static List<String> lost(CompileRequest request) {
    return List.of(request.request().action() + " " + request.request().path());
  }

  /** Rule 8: where the event carries a template, ours must be the same one. */
  static boolean isOnItsRoute(CompileRequest request) {
    Template carried = request.request().template();
    if (carried == null || request.api().routes().isEmpty()) {
      return true;
    }
    return request
        .api()
        .routes()
        .route(request.request().action(), request.request().path())
        .filter(route -> route.template().sameShape(carried))
        .isPresent();
  }

  /** The route that the document is for: the event's template, or that of the path. */
  static Optional<Route> route(CompileRequest request) {
    Action action = request.request().action();
    Template carried = request.request().template();
    var table = request.api().routes();
    if (carried == null) {
      return table.route(action, request.request().path());
    }
    if (table.isEmpty()) {
      return Optional.of(Route.parse(action + " " + carried));
    }
    return table.routes().stream()
        .filter(route -> route.template().sameShape(carried))
        .filter(route -> route.actions().contains(action))
        .min((a, b) -> Boolean.compare(a.isAny(), b.isAny()));
  }
}
