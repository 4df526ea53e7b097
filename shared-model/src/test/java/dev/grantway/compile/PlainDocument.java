package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What sizes are compared with: the plain exact document, which has one statement for each granted
 * route and for each fence, keeps all fences and twins, and closes irregular paths that are open
 * all the same; and the merged list of permissions that people write by hand.
 *
 * <p>For policies whose permissions cover whole routes.
 */
final class PlainDocument {
  private static final String OTHER = "zz9";

  private final CompileRequest request;
  private final Set<String> allow = new LinkedHashSet<>();
  private final Set<String> deny = new LinkedHashSet<>();

  private PlainDocument(CompileRequest request) {
    this.request = request;
  }

  /**
   * The plain exact document as JSON.
   *
   * @param closings globs behind the stage, for irregular paths that the twins leave open
   */
  static String exact(CompileRequest request, List<String> closings) {
    var plain = new PlainDocument(request);
    for (Action action : Action.VERBS) {
      plain.add(action);
    }
    var statements = new ArrayList<String>();
    plain.allow.forEach(glob -> statements.add(statement("Allow", List.of(glob))));
    plain.deny.forEach(glob -> statements.add(statement("Deny", List.of(glob))));
    closings.forEach(glob -> statements.add(statement("Deny", List.of(glob))));
    return document(statements);
  }

  /** One Allow for all permissions, with {@code *} for each variable; empty if nothing applies. */
  static Optional<String> naive(CompileRequest request) {
    var globs = new TreeSet<String>();
    for (Permission permission : request.permissions()) {
      boolean applies =
          permission.effect() == Effect.ALLOW
              && permission.stage().includes("prod")
              && request.request().principal().roles().contains(permission.role());
      if (applies) {
        String path =
            permission.resource().toString().replaceAll("\\$?\\{[^}]*}", "*").replace("**", "*");
        for (Action action :
            permission.isEveryMethod() ? List.<Action>of() : permission.actions()) {
          globs.add(action + path);
        }
        if (permission.isEveryMethod()) {
          globs.add("*" + path);
        }
      }
    }
    return globs.isEmpty()
        ? Optional.empty()
        : Optional.of(document(List.of(statement("Allow", globs))));
  }

  private void add(Action action) {
    List<List<String>> granted = new ArrayList<>();
    List<List<String>> routed = new ArrayList<>();
    for (Route route : request.api().routes().routes()) {
      List<String> shape = shape(route.template().toString());
      if (reaches(action, shape, route)) {
        routed.add(shape);
        if (isAllowed(action, shape)) {
          granted.add(shape);
          allow.add(action + text(shape));
        }
      }
    }
    for (List<String> route : granted) {
      routed.forEach(other -> meet(glob(route), other).forEach(t -> fence(action, route, t)));
      for (int i = 0; i < route.size(); i++) {
        if (route.get(i).equals("1")) {
          depthFence(action, route, i, granted);
        }
      }
    }
  }

  /**
   * An overlap that is denied, with its twins (GATEWAY rule 9): with a trailing slash, and where
   * its last difference is a literal inside a variable, with what may be an encoding of that.
   */
  private void fence(Action action, List<String> route, List<String> overlap) {
    if (request.api().routes().route(action, RequestPath.of(fresh(overlap))).isPresent()
        && !isAllowed(action, overlap)) {
      deny.add(action + text(overlap));
      deny.add(action + text(overlap) + "/");
      if (overlap.size() == route.size()) {
        encodings(action, route, overlap);
      }
    }
  }

  private void encodings(Action action, List<String> route, List<String> overlap) {
    for (int i = route.size() - 1; i >= 0; i--) {
      if (!route.get(i).equals(overlap.get(i)) && !overlap.get(i).equals("+")) {
        for (String mark : List.of("*%*", "*;*")) {
          var spelled = new ArrayList<>(overlap);
          spelled.set(i, mark);
          deny.add(action + text(spelled));
        }
        return;
      }
    }
  }

  /** D_i of that route, where no granted route meets it. */
  private void depthFence(Action action, List<String> route, int at, List<List<String>> granted) {
    var deeper = new ArrayList<>(glob(route));
    deeper.add(at, "+");
    boolean harmless =
        granted.stream()
            .flatMap(other -> meet(deeper, other).stream())
            .noneMatch(overlap -> isAllowed(action, overlap));
    if (harmless) {
      deny.add(action + text(deeper));
      deny.add(action + text(deeper) + "/");
    }
  }

  private boolean reaches(Action action, List<String> shape, Route route) {
    return request
        .api()
        .routes()
        .route(action, RequestPath.of(fresh(shape)))
        .filter(route::equals)
        .isPresent();
  }

  private boolean isAllowed(Action action, List<String> shape) {
    AccessRequest any = request.request();
    var access =
        new AccessRequest(
            any.api(),
            any.stage(),
            action,
            RequestPath.of(fresh(shape)),
            null,
            any.principal(),
            any.context());
    return Decisions.decide(request.api(), access, request.permissions()).isAllowed();
  }

  /** A literal, {@code 1} for one segment, {@code +} for one or more. */
  private static List<String> shape(String template) {
    return OtherPaths.segments(template).stream()
        .map(s -> OtherPaths.isGreedy(s) ? "+" : OtherPaths.isVariable(s) ? "1" : s)
        .toList();
  }

  private static List<String> glob(List<String> shape) {
    return shape.stream().map(token -> token.equals("1") ? "+" : token).toList();
  }

  private static String fresh(List<String> shape) {
    return shape.isEmpty() ? "/" : text(shape).replace("?*", OTHER);
  }

  private static String text(List<String> shape) {
    var text = new StringBuilder();
    for (String token : shape) {
      text.append('/').append(token.equals("1") || token.equals("+") ? "?*" : token);
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  /** The paths that both match. */
  private static Set<List<String>> meet(List<String> a, List<String> b) {
    var met = new LinkedHashSet<List<String>>();
    meet(a, b, List.of(), met);
    return met;
  }

  private static void meet(
      List<String> a, List<String> b, List<String> sofar, Set<List<String>> met) {
    if (a.isEmpty() || b.isEmpty()) {
      if (a.isEmpty() && b.isEmpty()) {
        met.add(sofar);
      }
      return;
    }
    String x = a.getFirst();
    String y = b.getFirst();
    boolean wild = x.equals("+") || y.equals("+");
    String head = x.equals("+") || x.equals("1") && !y.equals("+") ? y : x;
    if (!wild && !x.equals(y) && !x.equals("1") && !y.equals("1")) {
      return;
    }
    var longer = new ArrayList<>(sofar);
    longer.add(head);
    meet(rest(a), rest(b), longer, met);
    if (x.equals("+")) {
      meet(a, rest(b), longer, met);
    }
    if (y.equals("+")) {
      meet(rest(a), b, longer, met);
    }
  }

  private static List<String> rest(List<String> tokens) {
    return tokens.subList(1, tokens.size());
  }

  private static String statement(String effect, Iterable<String> globs) {
    var arns = new ArrayList<String>();
    globs.forEach(glob -> arns.add("\"" + Worlds.BASE + "/" + glob + "\""));
    return "{\"Effect\":\"%s\",\"Action\":\"execute-api:Invoke\",\"Resource\":[%s]}"
        .formatted(effect, String.join(",", arns));
  }

  private static String document(List<String> statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  static int bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }
}
