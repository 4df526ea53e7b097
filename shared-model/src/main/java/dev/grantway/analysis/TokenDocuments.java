package dev.grantway.analysis;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.compile.SimpleAnswer;
import dev.grantway.compile.TableAnalysis;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ArnText;
import dev.grantway.resource.Reach;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one API that API Gateway would be handed for a token with some roles.
 *
 * <p>A document depends on the token. Here every condition on the token holds, of ALLOWs and of
 * DENYs, and a claim in a path has a value that nothing else names; other tokens have other
 * documents.
 */
public final class TokenDocuments {
  private static final String PARTITION = "aws";
  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "123456789012";

  private final Api api;
  private final Instant now;
  private final Function<CompileRequest, Compilation> compiler;

  private TokenDocuments(Api api, Instant now, Function<CompileRequest, Compilation> compiler) {
    this.api = api;
    this.now = now;
    this.compiler = compiler;
  }

  /** For an API that is no WebSocket API, whose answers are not cached. */
  public static TokenDocuments of(Api api, Instant now) {
    TableAnalysis table = TableAnalysis.of(api.routes());
    return new TokenDocuments(api, now, request -> Compiler.compile(request, table));
  }

  /**
   * The same from a compiler that keeps them.
   *
   * @param revision the hash of all that the API and the permissions of roles are of
   */
  public static TokenDocuments kept(
      Api api, Instant now, KeepingCompiler compiler, String revision) {
    return new TokenDocuments(api, now, request -> compiler.compile(request, revision));
  }

  /**
   * What a document is made for.
   *
   * @param held the roles of the token with all that they inherit, and {@code authenticated}
   * @param permissions theirs in this API; any conditions on the token are taken to hold
   */
  public record Holding(Set<RoleName> held, List<Permission> permissions) {
    public Holding {
      held = Set.copyOf(held);
      permissions = permissions.stream().map(TokenDocuments::forEveryToken).toList();
    }
  }

  /** The one document of a stage, under a cache key without method and route. */
  public Compilation ofStage(String stage, Holding holding, CacheKey key, CompileOptions options) {
    return compile(stage, holding, Action.GET, null, key, options);
  }

  /** The document of one method of a route. */
  public Compilation ofRoute(
      String stage,
      Holding holding,
      Action action,
      Template template,
      CacheKey key,
      CompileOptions options) {
    return compile(stage, holding, action, template, key, options);
  }

  /** Routes whose own document could fail to be exact: greedy ones, and those decided in parts. */
  public List<Route> delicate(Holding holding) {
    return api.routes().routes().stream()
        .filter(route -> !isSimple(route, holding.permissions()))
        .toList();
  }

  private static boolean isSimple(Route route, Collection<Permission> permissions) {
    return !route.template().isGreedy()
        && route.template().kind() == Template.Kind.PATH
        && permissions.stream()
            .noneMatch(one -> Reach.of(one.resource(), route.template()) == Reach.PART);
  }

  /** The simple answer for one method of a route, kept for all of it: {@link SimpleAnswer}. */
  boolean isYes(
      String stage,
      Holding holding,
      Action action,
      Route route,
      CacheKey key,
      CompileOptions options) {
    return SimpleAnswer.isAuthorized(
        request(stage, holding, action, route.template(), key, options));
  }

  private Compilation compile(
      String stage,
      Holding holding,
      Action action,
      @Nullable Template template,
      CacheKey key,
      CompileOptions options) {
    return compiler.apply(request(stage, holding, action, template, key, options));
  }

  private CompileRequest request(
      String stage,
      Holding holding,
      Action action,
      @Nullable Template template,
      CacheKey key,
      CompileOptions options) {
    var request =
        new AccessRequest(
            api.id(),
            stage,
            action,
            RequestPath.of("/"),
            template,
            principal(holding),
            RequestContext.at(now));
    return new CompileRequest(
        api,
        request,
        holding.permissions(),
        ArnPrefix.of(PARTITION, REGION, ACCOUNT, api.id(), stage),
        key,
        Map.of(),
        options);
  }

  private Principal principal(Holding holding) {
    var claims = new HashMap<String, ClaimValue>();
    for (String claim : claims(holding.permissions())) {
      claims.put(claim, new ClaimValue.Text(freshValue(claim, holding.permissions())));
    }
    return new Principal("", "", "", Set.of(), holding.held(), claims, Set.of());
  }

  private static Set<String> claims(Collection<Permission> permissions) {
    var claims = new TreeSet<String>();
    for (Permission permission : permissions) {
      for (Segment segment : permission.resource().segments()) {
        if (segment instanceof Segment.Claim(var name)) {
          claims.add(name);
        }
      }
    }
    return claims;
  }

  /** A value that may enter an ARN and stands in no path of the API or its permissions. */
  private String freshValue(String claim, Collection<Permission> permissions) {
    var literals = new TreeSet<String>();
    permissions.forEach(one -> literals.addAll(one.resource().shape()));
    api.routes().routes().forEach(route -> literals.addAll(route.template().shape()));
    String value = "~" + (ArnText.isSafe(claim) ? claim : "claim");
    while (literals.contains(value)) {
      value = "~" + value;
    }
    return value;
  }

  /** Without what is asked of the token: all of it holds. */
  static Permission forEveryToken(Permission permission) {
    List<Condition.Clause> asked =
        permission.condition().clauses().stream()
            .filter(
                clause ->
                    switch (clause.attribute()) {
                      case Attribute.Claim claim -> false;
                      case Attribute.Scopes scopes -> false;
                      case Attribute.Client client -> false;
                      case Attribute.SourceIp ip -> true;
                      case Attribute.Header header -> true;
                      case Attribute.Query query -> true;
                      case Attribute.Now now -> true;
                    })
            .toList();
    return permission.with(new Condition(asked), permission.validity());
  }
}
