package dev.grantway.analysis;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.TableAnalysis;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ArnText;
import dev.grantway.resource.Reach;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of each role amount to, stage by stage, under one cache key: whether an exact
 * one exists and fits, what it leaves open beyond the route table, and what a list with {@code *}
 * would have opened.
 *
 * <p>A document depends on the token. Here every condition on the token holds, of ALLOWs and of
 * DENYs, and a claim in a path has a value that nothing else names; other tokens and combinations
 * of roles have other documents. WebSocket APIs have none that is cached.
 */
public final class DocumentAnalysis {
  private static final String PARTITION = "aws";
  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "123456789012";

  private final Policy policy;
  private final RoleGraph graph;
  private final Instant now;
  private final Deployment deployment;
  private final Map<ApiId, TableAnalysis> tables = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * How the authorizer is deployed.
   *
   * @param declared whether that is known: only then do documents that cannot be right count as
   *     errors; otherwise they are notes on what a deployment with that key would mean
   */
  public record Deployment(CacheKey key, CompileOptions options, boolean declared) {
    /** Nobody said: either key under which documents are cached. */
    public static final List<Deployment> UNKNOWN =
        List.of(
            new Deployment(CacheKey.TOKEN_AND_ROUTE, CompileOptions.DEFAULTS, false),
            new Deployment(CacheKey.TOKEN, CompileOptions.DEFAULTS, false));

    String text() {
      return switch (key.scope()) {
        case REQUEST -> "none";
        case ROUTE -> "token+route";
        case TOKEN -> "token";
      };
    }
  }

  private DocumentAnalysis(Policy policy, Instant now, Deployment deployment) {
    this.policy = policy;
    this.graph = policy.graph();
    this.now = now;
    this.deployment = deployment;
  }

  /** The findings of every role, API and stage; stages that no permission names, together. */
  public static List<Finding> of(Policy policy, Instant now, Deployment deployment) {
    var analysis = new DocumentAnalysis(policy, now, deployment);
    for (Api api : policy.apis()) {
      if (api.type() != ApiType.WEBSOCKET && !api.routes().isEmpty()) {
        var bleed = new Bleed(api);
        for (RoleName role : analysis.roles()) {
          analysis.role(api, role, bleed);
        }
      }
    }
    return analysis.findings;
  }

  private SortedSet<RoleName> roles() {
    var roles = new TreeSet<RoleName>(Set.of(RoleName.AUTHENTICATED));
    policy.roles().stream().map(Role::name).forEach(roles::add);
    return roles;
  }

  private void role(Api api, RoleName role, Bleed bleed) {
    SortedSet<RoleName> held = graph.closure(List.of(role, RoleName.AUTHENTICATED));
    List<Permission> permissions =
        policy.permissions().stream()
            .filter(permission -> permission.api().equals(api.id()))
            .filter(permission -> held.contains(permission.role()))
            .map(DocumentAnalysis::forEveryToken)
            .toList();
    SortedSet<RoleName> own = graph.closure(List.of(role));
    if (permissions.stream().noneMatch(permission -> own.contains(permission.role()))) {
      return;
    }
    boolean alike = permissions.stream().allMatch(permission -> permission.stage().isEvery());
    for (String stage : alike ? api.stages().subList(0, 1) : api.stages()) {
      var about = new Subject.OfRole(role, api.name(), alike ? "*" : stage);
      var inStage = new InStage(api, stage, held, permissions, about);
      bleed(inStage, bleed);
      switch (deployment.key().scope()) {
        case REQUEST -> {}
        case ROUTE -> routes(inStage);
        case TOKEN -> report(compile(inStage, Action.GET, null), about);
      }
    }
  }

  private record InStage(
      Api api,
      String stage,
      Set<RoleName> held,
      List<Permission> permissions,
      Subject.OfRole about) {}

  private void bleed(InStage in, Bleed bleed) {
    List<Grant> grants =
        Grants.of(in.api(), in.stage(), in.about().role(), heir(in), in.permissions());
    SortedMap<String, String> opened = bleed.of(grants);
    opened.values().stream()
        .findFirst()
        .ifPresent(
            example ->
                findings.add(new Finding.BleedAvoided(in.about(), opened.keySet(), example)));
  }

  /** A graph in which the role alone inherits all that its holders have. */
  private static RoleGraph heir(InStage in) {
    var inherited = new TreeSet<>(in.held());
    RoleName role = in.about().role();
    inherited.remove(role);
    return new RoleGraph(List.of(new Role(role.value(), role, "", "", inherited)));
  }

  /**
   * Routes whose document could fail to be exact: greedy ones, and those that are decided in parts.
   */
  private void routes(InStage in) {
    for (Route route : in.api().routes().routes()) {
      boolean simple =
          !route.template().isGreedy()
              && route.template().kind() == Template.Kind.PATH
              && in.permissions().stream()
                  .noneMatch(one -> Reach.of(one.resource(), route.template()) == Reach.PART);
      if (!simple) {
        new TreeSet<>(route.actions())
            .stream()
                .map(action -> compile(in, action, route.template()))
                .filter(this::isWorthSaying)
                .findFirst()
                .ifPresent(it -> report(it, in.about()));
      }
    }
  }

  private boolean isWorthSaying(Compilation compilation) {
    return !(compilation instanceof Compilation.Compiled compiled)
        || compiled.proof().openBeyondTable().isPresent();
  }

  private Compilation compile(InStage in, Action action, @Nullable Template template) {
    var request =
        new AccessRequest(
            in.api().id(),
            in.stage(),
            action,
            RequestPath.of("/"),
            template,
            principal(in),
            RequestContext.at(now));
    return Compiler.compile(
        new CompileRequest(
            in.api(),
            request,
            in.permissions(),
            ArnPrefix.of(PARTITION, REGION, ACCOUNT, in.api().id(), in.stage()),
            deployment.key(),
            Map.of(),
            deployment.options()),
        tables.computeIfAbsent(in.api().id(), api -> TableAnalysis.of(in.api().routes())));
  }

  private void report(Compilation compilation, Subject.OfRole about) {
    Severity refused = deployment.declared() ? Severity.ERROR : Severity.NOTE;
    Severity open = deployment.declared() ? Severity.WARNING : Severity.NOTE;
    switch (compilation) {
      case Compilation.Compiled compiled -> {}
      case Compilation.NotRepresentable not ->
          findings.add(
              new Finding.NotRepresentable(
                  about, deployment.text(), not.conflicts(), not.lost(), refused));
      case Compilation.TooLarge large ->
          findings.add(
              new Finding.Oversized(
                  about, deployment.text(), large.bytes(), large.limit(), large.lost(), refused));
    }
    compilation
        .emitted()
        .proof()
        .openBeyondTable()
        .ifPresent(
            path ->
                findings.add(new Finding.OpenBeyondTable(about, deployment.text(), path, open)));
  }

  private static Principal principal(InStage in) {
    var claims = new HashMap<String, ClaimValue>();
    for (String claim : claims(in.permissions())) {
      claims.put(claim, new ClaimValue.Text(freshValue(claim, in)));
    }
    return new Principal("", "", "", Set.of(), in.held(), claims, Set.of());
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
  private static String freshValue(String claim, InStage in) {
    var literals = new TreeSet<String>();
    in.permissions().forEach(one -> literals.addAll(one.resource().shape()));
    in.api().routes().routes().forEach(route -> literals.addAll(route.template().shape()));
    String value = "~" + (ArnText.isSafe(claim) ? claim : "claim");
    while (literals.contains(value)) {
      value = "~" + value;
    }
    return value;
  }

  /** Without what is asked of the token: all of it holds. */
  private static Permission forEveryToken(Permission permission) {
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
