package dev.grantway.analysis;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the documents of each role amount to, stage by stage, under one cache key: whether an exact
 * one exists and fits, what it leaves open beyond the route table, and what a list with {@code *}
 * would have opened.
 *
 * <p>They are those of {@link TokenDocuments}; other tokens and combinations of roles have other
 * documents. WebSocket APIs have none that is cached.
 */
public final class DocumentAnalysis {
  private final Policy policy;
  private final RoleGraph graph;
  private final Deployment deployment;
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

  private DocumentAnalysis(Policy policy, Deployment deployment) {
    this.policy = policy;
    this.graph = policy.graph();
    this.deployment = deployment;
  }

  /** The findings of every role, API and stage; stages that no permission names, together. */
  public static List<Finding> of(Policy policy, Instant now, Deployment deployment) {
    var analysis = new DocumentAnalysis(policy, deployment);
    for (Api api : policy.apis()) {
      if (api.type() != ApiType.WEBSOCKET && !api.routes().isEmpty()) {
        var bleed = new Bleed(api);
        var documents = TokenDocuments.of(api, now);
        for (RoleName role : analysis.roles()) {
          analysis.role(api, role, bleed, documents);
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

  private void role(Api api, RoleName role, Bleed bleed, TokenDocuments documents) {
    SortedSet<RoleName> held = graph.closure(List.of(role, RoleName.AUTHENTICATED));
    List<Permission> permissions =
        policy.permissions().stream()
            .filter(permission -> permission.api().equals(api.id()))
            .filter(permission -> held.contains(permission.role()))
            .toList();
    SortedSet<RoleName> own = graph.closure(List.of(role));
    if (permissions.stream().noneMatch(permission -> own.contains(permission.role()))) {
      return;
    }
    boolean alike = permissions.stream().allMatch(permission -> permission.stage().isEvery());
    for (String stage : alike ? api.stages().subList(0, 1) : api.stages()) {
      var about = new Subject.OfRole(role, api.name(), alike ? "*" : stage);
      var holding = new TokenDocuments.Holding(held, permissions);
      var inStage = new InStage(api, stage, holding, about);
      bleed(inStage, bleed);
      switch (deployment.key().scope()) {
        case REQUEST -> {}
        case ROUTE -> routes(inStage, documents);
        case TOKEN ->
            report(
                documents.ofStage(stage, holding, deployment.key(), deployment.options()), about);
      }
    }
  }

  private record InStage(
      Api api, String stage, TokenDocuments.Holding holding, Subject.OfRole about) {}

  private void bleed(InStage in, Bleed bleed) {
    List<Grant> grants =
        Grants.of(in.api(), in.stage(), in.about().role(), heir(in), in.holding().permissions());
    SortedMap<String, String> opened = bleed.of(grants);
    opened.values().stream()
        .findFirst()
        .ifPresent(
            example ->
                findings.add(new Finding.BleedAvoided(in.about(), opened.keySet(), example)));
  }

  /** A graph in which the role alone inherits all that its holders have. */
  private static RoleGraph heir(InStage in) {
    var inherited = new TreeSet<>(in.holding().held());
    RoleName role = in.about().role();
    inherited.remove(role);
    return new RoleGraph(List.of(new Role(role.value(), role, "", "", inherited)));
  }

  private void routes(InStage in, TokenDocuments documents) {
    for (Route route : documents.delicate(in.holding())) {
      new TreeSet<>(route.actions())
          .stream()
              .map(
                  action ->
                      documents.ofRoute(
                          in.stage(),
                          in.holding(),
                          action,
                          route.template(),
                          deployment.key(),
                          deployment.options()))
              .filter(this::isWorthSaying)
              .findFirst()
              .ifPresent(it -> report(it, in.about()));
    }
  }

  private boolean isWorthSaying(Compilation compilation) {
    return !(compilation instanceof Compilation.Compiled compiled)
        || compiled.proof().openBeyondTable().isPresent();
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
}
