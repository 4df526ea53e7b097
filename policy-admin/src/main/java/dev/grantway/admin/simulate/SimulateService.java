package dev.grantway.admin.simulate;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Messages;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.DocumentLines;
import dev.grantway.analysis.Emitted;
import dev.grantway.audit.ActivityKind;
import dev.grantway.authorizer.TokenTrial;
import dev.grantway.authorizer.token.VerifiedToken;
import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.LiveRevocations;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Requests that nobody made, put to the one {@code decide}: against what is live, against a draft,
 * or as of a revision. That somebody simulates is recorded; whom they simulate is not.
 */
@Service
public class SimulateService {
  private static final int MOST_SUGGESTIONS = 8;

  private final PolicyRepository repository;
  private final ChangesService changes;
  private final Operators operators;
  private final Activity activity;
  private final PastedTokens tokens;
  private final Clock clock;

  SimulateService(
      PolicyRepository repository,
      ChangesService changes,
      Operators operators,
      Activity activity,
      PastedTokens tokens,
      Clock clock) {
    this.tokens = tokens;
    this.repository = repository;
    this.changes = changes;
    this.operators = operators;
    this.activity = activity;
    this.clock = clock;
  }

  /** Decides; what cannot be read is said field by field, and then nothing is decided. */
  public Simulated simulate(Api api, String stage, SimulationInput input) {
    return simulate(api, stage, input, Optional.empty());
  }

  /**
   * The same for the caller of a pasted token, where there is one: who is typed in then counts for
   * nothing.
   */
  public Simulated simulate(
      Api api, String stage, SimulationInput input, Optional<Pasted.Known> pasted) {
    operators.require(Task.DRAFT);
    var reading = SimulationReader.read(input, api.type() == ApiType.WEBSOCKET);
    return reading
        .simulation()
        .map(it -> pasted.map(known -> it.by(known.caller())).orElse(it))
        .map(simulation -> simulate(api.id(), stage, simulation))
        .orElseGet(() -> new Simulated.Unreadable(reading.problems()));
  }

  /** Reads a token as the authorizer would, revocations too; it is neither kept nor logged. */
  public Pasted read(String token) {
    operators.require(Task.DRAFT);
    return tokens
        .read(token)
        .map(
            tried ->
                switch (tried) {
                  case TokenTrial.Tried.Keyless() -> refused("keyless");
                  case TokenTrial.Tried.Refused(String code) -> refused(code);
                  case TokenTrial.Tried.Read(var read, var revocable) ->
                      isRevoked(revocable) ? refused("revoked") : known(read);
                })
        .orElseGet(() -> refused("no-issuers"));
  }

  private boolean isRevoked(LiveRevocations.Token token) {
    return LiveRevocations.NONE.with(repository.revocations(0), 0).refuse(token, clock.instant());
  }

  /** By its code where there are words for it; else the code speaks. */
  private static Pasted refused(String code) {
    String key = "token." + code;
    return new Pasted.Refused(
        Messages.has(key) ? Sentence.of(key) : Sentence.of("token.other", code));
  }

  private static Pasted known(VerifiedToken token) {
    var caller =
        new PolicyTest.Caller(
            token.alias(),
            token.subject().orElse(""),
            token.client().orElse(""),
            List.copyOf(new TreeSet<>(token.groups())),
            List.copyOf(token.roles()),
            Map.copyOf(token.claims()),
            List.copyOf(token.scopes()));
    return new Pasted.Known(
        caller, token.principalId(), token.issuedAt(), token.expiresAt(), token.droppedRoles());
  }

  private Simulated simulate(ApiId id, String stage, Simulation it) {
    try {
      Optional<WorkingCopy> copy = copy(it.against());
      if (copy.isEmpty() || copy.get().api(id).isEmpty()) {
        return new Simulated.NotThere(Sentence.of("simulate.notthere"));
      }
      activity.record(ActivityKind.SIMULATION, copy.get().apiName(id) + " " + stage);
      return decided(copy.get(), copy.get().api(id).get(), stage, it);
    } catch (StoreException.NotKept notKept) {
      return new Simulated.NotThere(new Sentence.OfModel(String.valueOf(notKept.getMessage())));
    }
  }

  private Optional<WorkingCopy> copy(Simulation.Against against) {
    return switch (against) {
      case Simulation.Against.Live() -> Optional.of(new WorkingCopy(repository.live(), List.of()));
      case Simulation.Against.Draft() -> Optional.of(changes.workingCopy());
      case Simulation.Against.Revision(long number) ->
          repository.asOf(number).map(then -> new WorkingCopy(then, List.of()));
    };
  }

  private Simulated.Decided decided(WorkingCopy copy, Api api, String stage, Simulation it) {
    Instant at = it.context().now().orElseGet(clock::instant);
    long head = repository.head().revision();
    Optional<Asked> asked = asked(copy, api, stage, it, at);
    Set<String> known =
        copy.roles().keySet().stream().map(RoleName::value).collect(Collectors.toSet());
    var named = new LinkedHashSet<>(it.caller().roles());
    named.retainAll(known);
    var unknown = new LinkedHashSet<>(it.caller().roles());
    unknown.removeAll(known);
    Optional<Emitted> document = asked.flatMap(this::document);
    return new Simulated.Decided(
        copy.base().revision(),
        it.against() instanceof Simulation.Against.Draft,
        named,
        unknown,
        asked.flatMap(
            one -> one.api().routes().route(one.request().action(), one.request().path())),
        asked.map(one -> one.permissions().size()).orElse(0),
        asked
            .map(one -> one.decided(head, named.stream().map(RoleName::new).toList()))
            .orElseGet(() -> Asked.undecided(at, head, Decision.Reason.UNKNOWN_ROUTE)),
        document,
        List.copyOf(DocumentLines.of(document)),
        curl(api, stage, it));
  }

  /**
   * The smallest permissions that would allow the request for some of the caller's roles, over the
   * operator's draft; none where it is allowed, where a DENY decides, or where no permission can
   * help. At most {@value #MOST_SUGGESTIONS}.
   */
  public List<Suggestion> suggestions(
      Api api, String stage, SimulationInput input, Optional<Pasted.Known> pasted) {
    operators.require(Task.DRAFT);
    return SimulationReader.read(input, api.type() == ApiType.WEBSOCKET)
        .simulation()
        .map(it -> pasted.map(known -> it.by(known.caller())).orElse(it))
        .map(it -> suggestions(changes.workingCopy(), api, stage, it))
        .orElse(List.of());
  }

  private List<Suggestion> suggestions(WorkingCopy copy, Api api, String stage, Simulation it) {
    Instant at = it.context().now().orElseGet(clock::instant);
    Optional<Asked> asked = copy.api(api.id()).flatMap(now -> asked(copy, now, stage, it, at));
    if (asked.isEmpty() || asked.get().decision().reason() != Decision.Reason.DEFAULT_DENY) {
      return List.of();
    }
    Api served = asked.get().api();
    Action action = asked.get().request().action();
    Optional<Route> route = served.routes().route(action, asked.get().request().path());
    var smallest = new SmallestPermissions(copy, served, stage);
    return it.caller().roles().stream()
        .distinct()
        .flatMap(name -> role(copy, name).stream())
        .limit(MOST_SUGGESTIONS)
        .flatMap(role -> smallest.of(role, action, it.path(), route).stream())
        .filter(
            permission ->
                asked(copy.with(edit(permission)), served, stage, it, at)
                    .map(with -> with.decision().isAllowed())
                    .orElse(false))
        .limit(MOST_SUGGESTIONS)
        .map(
            permission ->
                new Suggestion(permission, changes.effectOf(copy, edit(permission)).grants()))
        .toList();
  }

  private static Optional<RoleName> role(WorkingCopy copy, String name) {
    return copy.roles().keySet().stream().filter(role -> role.value().equals(name)).findFirst();
  }

  private static List<Change> edit(Permission permission) {
    return List.of(Change.add(new PolicyRow.OfPermission(permission)));
  }

  private static Optional<Asked> asked(
      WorkingCopy copy, Api api, String stage, Simulation it, Instant at) {
    var context =
        new RequestContext(
            it.context().sourceIp(), it.context().headers(), it.context().query(), at);
    return Asked.of(copy, api, stage, it.method(), it.path(), it.caller(), context);
  }

  /** Adds a suggested permission to the draft. */
  public Staged stage(Suggestion suggestion) {
    operators.require(Task.DRAFT);
    return changes.stage(
        Sentence.of("label.permission.add", suggestion.permission().id()),
        edit(suggestion.permission()));
  }

  /** Under token and route, which is exact for most routes; a WebSocket API caches nothing. */
  private Optional<Emitted> document(Asked asked) {
    Api api = asked.api();
    boolean routed =
        api.routes().isEmpty()
            || api.routes().route(asked.request().action(), asked.request().path()).isPresent();
    if (!routed) {
      return Optional.empty();
    }
    return Optional.of(
        Emitted.of(
            Compiler.compile(
                new CompileRequest(
                    api,
                    asked.request(),
                    asked.permissions(),
                    ArnPrefix.of(
                        "aws", "us-east-1", "123456789012", api.id(), asked.request().stage()),
                    api.type() == ApiType.WEBSOCKET ? CacheKey.NONE : CacheKey.TOKEN_AND_ROUTE,
                    Map.of(),
                    CompileOptions.DEFAULTS))));
  }

  /** The same request for a shell, which is to hold the token and where the stage is served. */
  private static String curl(Api api, String stage, Simulation it) {
    if (api.type() == ApiType.WEBSOCKET) {
      return "";
    }
    boolean head = it.method().equals(Action.HEAD.name());
    var line = new StringBuilder(head ? "curl -g -I" : "curl -g -i -X " + it.method());
    line.append(" -H \"Authorization: Bearer $TOKEN\"");
    it.context()
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(value -> line.append(" -H ").append(quoted(name + ": " + value))));
    String query =
        it.context().query().entrySet().stream()
            .flatMap(
                pair ->
                    pair.getValue().stream()
                        .map(value -> encoded(pair.getKey()) + "=" + encoded(value)))
            .collect(Collectors.joining("&"));
    return line.append(" \"$")
        .append(variable(api.name() + "_" + stage))
        .append("\"")
        .append(quoted(it.path() + (query.isEmpty() ? "" : "?" + query)))
        .toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_") + "_URL";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * Stages a test of the policy that asks the same and expects the same.
   *
   * @param shown what was decided when it was asked; refused where it would be another decision now
   * @param name 1 to {@value PolicyTest#MAX_NAME} characters that no other test has
   */
  public Staged saveAsTest(
      Api api, String stage, SimulationInput input, Decision shown, String name) {
    operators.require(Task.DRAFT);
    Optional<Simulation> simulation =
        SimulationReader.read(input, api.type() == ApiType.WEBSOCKET).simulation();
    if (simulation.isEmpty() || name.isBlank() || name.length() > PolicyTest.MAX_NAME) {
      return new Staged.Refused(List.of(Objection.of("bad-test")));
    }
    Simulation it = simulation.get();
    Decision decision = decisionNow(api, stage, it);
    if (!decision.equals(shown)) {
      return new Staged.Refused(List.of(Objection.of("test-differs")));
    }
    var test =
        new PolicyTest(
            name.strip(),
            it.caller(),
            api.id().value(),
            stage,
            it.method(),
            it.path(),
            it.context(),
            decision.isAllowed() ? Effect.ALLOW : Effect.DENY,
            new TreeSet<>(decision.by()),
            "");
    var row = new PolicyRow.OfTest(test);
    return changes.workingCopy().row(row.key()).isPresent()
        ? new Staged.Refused(List.of(Objection.of("test-taken", test.name())))
        : changes.stage(Sentence.of("label.test.add", test.name()), List.of(Change.add(row)));
  }

  private Decision decisionNow(Api api, String stage, Simulation it) {
    return copy(it.against())
        .flatMap(copy -> copy.api(api.id()).map(now -> decided(copy, now, stage, it)))
        .map(now -> now.decided().decision())
        .orElseGet(() -> new Decision.Denied(new TreeSet<>(), Decision.Reason.UNKNOWN_API));
  }
}
