package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Conditions;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.NearestMisses;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.decision.TriedCondition;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Asks the one {@code decide} again, as of the revision by which it decided (SEM-09, SEM-10). */
@Service
public class ExplainService {
  private static final int PAGE = 200;

  /** Of an API with more, the permissions that come first are looked at for nearest misses. */
  private static final int MOST_PERMISSIONS = 20_000;

  private final PolicyRepository repository;
  private final Operators operators;
  private final Clock clock;

  ExplainService(PolicyRepository repository, Operators operators, Clock clock) {
    this.repository = repository;
    this.operators = operators;
    this.clock = clock;
  }

  /** What an API is called now, by the id that ARNs carry. */
  public Optional<String> apiName(String id) {
    operators.require(Task.DRAFT);
    return repository.live().apis().stream()
        .filter(entry -> entry.id().value().equals(id))
        .findFirst()
        .map(ApiEntry::name);
  }

  public Explanation explain(ApiId api, String stage, Question question) {
    operators.require(Task.DRAFT);
    try {
      return repository
          .asOf(question.revision())
          .map(then -> explain(then, api, stage, question))
          .orElseGet(
              () ->
                  new Explanation.NotThere(
                      Sentence.of("explain.norevision", Long.toString(question.revision()))));
    } catch (StoreException.NotKept notKept) {
      return new Explanation.NotThere(new Sentence.OfModel(String.valueOf(notKept.getMessage())));
    }
  }

  private Explanation explain(AsOf then, ApiId id, String stage, Question question) {
    Instant at = question.at().orElseGet(clock::instant);
    Optional<Api> api = then.api(id);
    if (api.isEmpty()) {
      return undecided(at, Decision.Reason.UNKNOWN_API);
    }
    boolean webSocket = api.get().type() == ApiType.WEBSOCKET;
    Optional<Action> action =
        webSocket ? Optional.of(Action.CONNECT) : Action.verb(question.method());
    if (action.isEmpty() || !webSocket && !question.path().startsWith("/")) {
      return undecided(at, Decision.Reason.UNKNOWN_ROUTE);
    }
    var path =
        webSocket ? RequestPath.ofRouteKey(question.path()) : RequestPath.of(question.path());
    var held = Held.of(then, id, question.roles());
    var request =
        new AccessRequest(
            id, stage, action.get(), path, null, held.principal(), RequestContext.at(at));
    return decided(then, api.get(), request, held);
  }

  private Explanation undecided(Instant at, Decision.Reason reason) {
    return new Explanation.Decided(
        at,
        repository.head().revision(),
        new Decision.Denied(new TreeSet<>(), reason),
        List.of(),
        List.of(),
        true,
        List.of(),
        List.of());
  }

  private Explanation decided(AsOf then, Api api, AccessRequest request, Held held) {
    Decision decision = Decisions.decide(api, request, held.permissions());
    List<Permission> all =
        decision.reason() == Decision.Reason.DEFAULT_DENY
            ? everyPermission(then, api.id())
            : List.of();
    Map<PermissionId, Permission> byId = byId(all);
    return new Explanation.Decided(
        request.context().now(),
        repository.head().revision(),
        decision,
        decision.by().stream().map(byId(held.permissions())::get).toList(),
        NearestMisses.of(api, request, all).stream()
            .map(
                miss ->
                    new Explanation.Near(
                        Objects.requireNonNull(byId.get(miss.permission())), miss.failed()))
            .toList(),
        all.size() < MOST_PERMISSIONS,
        List.copyOf(held.inherited()),
        TriedCondition.of(api, request, held.permissions()).stream()
            .filter(tried -> tried.outcome() == Conditions.Outcome.UNKNOWN)
            .toList());
  }

  private static Map<PermissionId, Permission> byId(Collection<Permission> permissions) {
    return permissions.stream().collect(Collectors.toMap(Permission::id, Function.identity()));
  }

  /** What any role may do there, so that a missing role shows. */
  private static List<Permission> everyPermission(AsOf then, ApiId api) {
    List<Permission> all = new ArrayList<>();
    String after = "";
    do {
      Page<RoleEntry> page = then.roles(after, PAGE);
      for (RoleEntry entry : page.items()) {
        if (entry.own().contains(api) && all.size() < MOST_PERMISSIONS) {
          then.slice(entry.role().name(), api).ifPresent(slice -> all.addAll(slice.permissions()));
        }
      }
      after = page.next().orElse("");
    } while (!after.isEmpty() && all.size() < MOST_PERMISSIONS);
    return all;
  }

  /** The caller's roles and their permissions (SEM-07, SEM-08). */
  private record Held(
      SortedSet<RoleName> direct, SortedSet<RoleName> inherited, List<Permission> permissions) {

    static Held of(AsOf then, ApiId api, Set<RoleName> roles) {
      var direct = new TreeSet<>(roles);
      direct.add(RoleName.AUTHENTICATED);
      var inherited = new TreeSet<RoleName>();
      var permissions = new ArrayList<Permission>();
      for (RoleName role : direct) {
        Optional<Slice> slice = then.slice(role, api);
        slice.ifPresent(it -> inherited.addAll(it.closure()));
        slice.ifPresent(it -> permissions.addAll(it.permissions()));
      }
      inherited.removeAll(direct);
      for (RoleName role : inherited) {
        then.slice(role, api).ifPresent(slice -> permissions.addAll(slice.permissions()));
      }
      return new Held(direct, inherited, permissions);
    }

    Principal principal() {
      var roles = new TreeSet<>(direct);
      roles.addAll(inherited);
      return new Principal("", "", "", Set.of(), roles, Map.of(), Set.of());
    }
  }
}
