package dev.grantway.wiring;

import dev.grantway.analysis.DocumentAnalysis;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.FindingCode;
import dev.grantway.analysis.Severity;
import dev.grantway.analysis.SimpleAnswers;
import dev.grantway.analysis.Subject;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.DocumentScope;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.wiring.AttachedRoute.By;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges a whole stage as API Gateway tells of it: its authorizer by {@link Wiring}, the routes
 * that are asked about and those that are not, beside the route table of the policy, and the
 * documents of each role under what answers are really cached under.
 */
public final class StageWiring {
  private static final int SHOWN = 3;

  private final StageReading reading;
  private final Expected expected;
  private final List<Judged> judged = new ArrayList<>();

  /**
   * What is known of the stage beside what API Gateway tells.
   *
   * @param policy with this API alone, live
   * @param api in the policy
   * @param authorizer the name or id of ours; empty: the one that is asked about most routes
   * @param tokenSource what instances are taken to be told where they do not tell it
   * @param told what instances of the authorizer say that they were told; none: none reported
   * @param revocationBudget the longest that a kept answer may outlive a revocation
   * @param policyBytes the budget of a document
   */
  public record Expected(
      Policy policy,
      Api api,
      String authorizer,
      String tokenSource,
      Set<Declared> told,
      Duration revocationBudget,
      int policyBytes) {
    public Expected {
      told = Set.copyOf(told);
    }
  }

  /**
   * Something that is wrong.
   *
   * @param told what the instances concerned were told; none: it is about no instance
   */
  public record Judged(WiringFault fault, Optional<Declared> told) {}

  private StageWiring(StageReading reading, Expected expected) {
    this.reading = reading;
    this.expected = expected;
  }

  /** Whatever is wrong, errors first. */
  public static List<WiringFault> faults(StageReading reading, Expected expected, Instant now) {
    return judged(reading, expected, now).stream().map(Judged::fault).toList();
  }

  /** The same, each with the instances that it is about. */
  public static List<Judged> judged(StageReading reading, Expected expected, Instant now) {
    var wiring = new StageWiring(reading, expected);
    wiring.judge(now);
    return wiring.judged.stream()
        .sorted(Comparator.comparing(it -> it.fault().severity()))
        .toList();
  }

  private void judge(Instant now) {
    if (reading.type() != expected.api().type()) {
      add(
          "kind-differs",
          Severity.ERROR,
          "API Gateway has a "
              + reading.type()
              + " API under this id and the policy a "
              + expected.api().type()
              + " API: every call is a 500",
          "correct `type` of API `" + expected.api().name() + "` in the policy, or the id");
      return;
    }
    if (!reading.deployed()) {
      add(
          "stage-not-deployed",
          Severity.WARNING,
          "stage `" + reading.stage() + "` of the policy is not deployed: nobody can call it",
          "deploy it, or take it out of `stages` of API `" + expected.api().name() + "`");
      return;
    }
    judgeRoutes();
    judgePending();
    GatewayResponses.faults(reading.responses()).forEach(this::add);
    Optional<AttachedAuthorizer> ours = reading.authorizer(expected.authorizer());
    if (ours.isEmpty()) {
      noAuthorizer();
      return;
    }
    others(ours.get());
    judgeAttachment(ours.get(), now);
  }

  private void noAuthorizer() {
    if (!expected.authorizer().isEmpty()) {
      add(
          "authorizer-is-missing",
          Severity.ERROR,
          "the API has no authorizer `"
              + expected.authorizer()
              + "`: nothing of this policy is enforced here",
          "attach it, or connect the API with the right name");
    } else if (reading.routes().stream().noneMatch(route -> route.by() == By.AUTHORIZER)) {
      add(
          "authorizer-is-missing",
          Severity.ERROR,
          "no route of the stage asks a Lambda authorizer: nothing of this policy is enforced here",
          "attach the authorizer and deploy the stage");
    }
  }

  private void others(AttachedAuthorizer ours) {
    routes(
        "asks-another",
        Severity.WARNING,
        it -> it.by() == By.AUTHORIZER && !it.authorizer().equals(ours.name()),
        "asks another authorizer than `" + ours.name() + "`: this policy does not decide there",
        "attach `" + ours.name() + "` to it, if this policy is to decide");
  }

  // ---------------------------------------------------------------- routes

  private record Key(String method, List<String> shape) {
    static Key of(Route route) {
      return new Key(route.template().kind() + " " + route.method(), route.template().shape());
    }
  }

  private Map<Key, Route> table() {
    var table = new LinkedHashMap<Key, Route>();
    expected.api().routes().routes().forEach(route -> table.put(Key.of(route), route));
    return table;
  }

  private Optional<Route> read(String text) {
    try {
      return Optional.of(
          reading.type() == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private void judgeRoutes() {
    Map<Key, Route> table = table();
    var deployed = new LinkedHashSet<Key>();
    var open = new ArrayList<String>();
    var preflights = new ArrayList<String>();
    var closed = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    for (AttachedRoute it : reading.routes()) {
      Optional<Key> key = read(it.route()).map(Key::of);
      key.ifPresent(deployed::add);
      Optional<Route> known = key.map(table::get).filter(StageWiring::isServed);
      if (known.isEmpty()) {
        unknown.add(it.route());
      }
      boolean isPublic = known.filter(route -> route.access() == Route.Access.PUBLIC).isPresent();
      boolean isAsked = reading.type() != ApiType.WEBSOCKET || it.route().equals("$connect");
      if (it.by() == By.NOTHING && isAsked && !isPublic) {
        (it.route().startsWith("OPTIONS ") ? preflights : open).add(it.route());
      }
      if (it.by() != By.NOTHING && isPublic) {
        closed.add(it.route());
      }
    }
    open(open, preflights, closed);
    table(unknown, table, deployed);
    routes(
        "authorized-otherwise",
        Severity.NOTE,
        it -> it.by() == By.OTHER,
        "is authorized by IAM, a user pool or a JWT authorizer: this policy does not decide there",
        "attach the authorizer to it, if this policy is to decide");
  }

  private void open(List<String> open, List<String> preflights, List<String> closed) {
    add(
        "route-is-open",
        Severity.ERROR,
        open,
        "asks no authorizer: everybody may call it, whatever the policy says",
        "attach the authorizer to it and deploy the stage, or mark it `access: public` if that is"
            + " meant");
    add(
        "preflight-is-open",
        Severity.NOTE,
        preflights,
        "asks no authorizer, as preflights of browsers need it",
        "mark it `access: public`, so that it is known to be meant");
    add(
        "public-is-closed",
        Severity.WARNING,
        closed,
        "is public in the policy and asks for a token all the same: callers without one get a 401",
        "take the authorizer off it and deploy the stage, or mark it `access: granted`");
  }

  private void table(List<String> unknown, Map<Key, Route> table, Set<Key> deployed) {
    if (expected.api().routes().isEmpty()) {
      add(
          "no-route-table",
          Severity.WARNING,
          "the policy has no route table of the API: no exact document exists for several routes",
          "import the routes");
      return;
    }
    add(
        "route-not-in-policy",
        Severity.WARNING,
        unknown,
        "is deployed and not in the policy's route table: its calls are refused, and documents that"
            + " are made for the other routes are not proved against it",
        "import the routes");
    add(
        "route-not-deployed",
        Severity.NOTE,
        table.entrySet().stream()
            .filter(it -> isServed(it.getValue()) && !deployed.contains(it.getKey()))
            .map(it -> it.getValue().toString())
            .toList(),
        "is in the policy's route table and not deployed: nobody can call it here",
        "deploy the stage, or import the routes, which marks it as gone");
  }

  private static boolean isServed(Route route) {
    return route.state() != Route.State.GONE;
  }

  private void judgePending() {
    if (!reading.pending().isEmpty()) {
      add(
          "not-deployed-yet",
          Severity.NOTE,
          "the API was changed since stage `"
              + reading.stage()
              + "` was deployed, and the next deployment brings it: "
              + shown(reading.pending()),
          "see that this is meant before the stage is deployed again");
    }
    if (!reading.asDeployed()) {
      add(
          "read-as-edited",
          Severity.NOTE,
          "what is told is what the API has now, which may not be what is deployed to stage `"
              + reading.stage()
              + "`",
          "deploy the stage after a change");
    }
  }

  // ------------------------------------------------------------ attachment

  private void judgeAttachment(AttachedAuthorizer ours, Instant now) {
    Attachment attachment = ours.attachment();
    Declared needed = Wiring.declaredFor(attachment, expected.tokenSource());
    if (expected.told().isEmpty()) {
      add(
          "nobody-reported",
          Severity.WARNING,
          "no instance of the authorizer has reported itself for this stage lately, so that what it"
              + " was told is not known; attached like this it needs `GRANTWAY_CACHE_KEY` `"
              + needed.cacheKey().text()
              + "`"
              + (needed.cacheTtl().isPositive()
                  ? " and `GRANTWAY_CACHE_TTL` `" + needed.cacheTtl().toSeconds() + "s`"
                  : ""),
          "make a call, and check again a minute later");
    }
    if (expected.told().size() > 1) {
      add(
          "instances-differ",
          Severity.WARNING,
          "instances of the authorizer were told different things: "
              + expected.told().stream().map(StageWiring::text).sorted().toList(),
          "wait for a deployment that is under way, or see that one function alone is attached");
    }
    List<Declared> told =
        expected.told().isEmpty()
            ? List.of(needed)
            : expected.told().stream().sorted(Comparator.comparing(StageWiring::text)).toList();
    var byFault = new LinkedHashMap<WiringFault, Declared>();
    for (Declared declared : told) {
      Wiring.faults(attachment, declared, expected.revocationBudget())
          .forEach(fault -> byFault.putIfAbsent(fault, declared));
    }
    byFault.forEach((fault, declared) -> judged.add(new Judged(fault, Optional.of(declared))));
    if (attachment.simple()) {
      judgeSimple(attachment, told, now);
    } else {
      judgeDocuments(attachment, told, now);
    }
  }

  /**
   * One boolean for all of a route is right where all of it is granted or none: GATEWAY, law of the
   * key. Under the token alone it never is, which {@link Wiring} says.
   */
  private void judgeSimple(Attachment attachment, List<Declared> told, Instant now) {
    if (Wiring.cacheKey(attachment, expected.tokenSource()).scope() != DocumentScope.ROUTE) {
      return;
    }
    told.stream()
        .filter(it -> it.cacheKey().scope() == DocumentScope.ROUTE)
        .findFirst()
        .ifPresent(
            it -> {
              var options =
                  new CompileOptions(it.cacheTtl(), expected.policyBytes(), true, it.fence());
              SimpleAnswers.Inexact found =
                  SimpleAnswers.inexact(
                      expected.policy(),
                      expected.api(),
                      reading.stage(),
                      now,
                      it.cacheKey(),
                      options);
              if (!found.roles().isEmpty()) {
                simpleNotExact(it, found);
              }
            });
  }

  private void simpleNotExact(Declared told, SimpleAnswers.Inexact found) {
    judged.add(
        new Judged(
            new WiringFault(
                "simple-not-exact",
                Severity.ERROR,
                "a simple answer is kept for all of a route, and is no where a part of it, or of"
                    + " what an encoded path reaches from it, is not granted: callers with "
                    + (found.roles().size() == 1 ? "role " : "roles ")
                    + shown(found.roles().stream().map(role -> "`" + role + "`").toList())
                    + " are refused what is granted to them of "
                    + shown(found.routes().stream().map(route -> "`" + route + "`").toList()),
                "give documents (`GRANTWAY_SIMPLE_RESPONSES` to `off`, and simple answers off at"
                    + " the API), set the TTL to 0 and `GRANTWAY_CACHE_KEY` to `none`, or let"
                    + " permissions decide whole routes",
                List.copyOf(found.routes())),
            Optional.of(told)));
  }

  private static String text(Declared declared) {
    return declared.cacheKey().text() + " for " + declared.cacheTtl().toSeconds() + " s";
  }

  /**
   * The documents of each role under what answers are cached under, and under what instances were
   * told: they make them under that.
   */
  private void judgeDocuments(Attachment attachment, List<Declared> told, Instant now) {
    var keys = new LinkedHashSet<Declared>();
    keys.add(
        new Declared(
            Wiring.cacheKey(attachment, expected.tokenSource()),
            attachment.ttl(),
            expected.tokenSource(),
            false,
            told.stream().anyMatch(Declared::fence)));
    keys.addAll(told);
    for (Declared it : keys) {
      Set<String> roles =
          it.cacheKey().scope() == DocumentScope.REQUEST ? Set.of() : misfits(it, now);
      if (!roles.isEmpty()) {
        notExact(attachment, it, roles);
        return;
      }
    }
  }

  /** Roles without an exact document for an authorizer that was told that. */
  private Set<String> misfits(Declared declared, Instant now) {
    var options =
        new CompileOptions(declared.cacheTtl(), expected.policyBytes(), true, declared.fence());
    var roles = new TreeSet<String>();
    for (Finding finding :
        DocumentAnalysis.of(
            expected.policy(),
            now,
            new DocumentAnalysis.Deployment(declared.cacheKey(), options, true))) {
      boolean isMisfit =
          finding.code() == FindingCode.NOT_REPRESENTABLE
              || finding.code() == FindingCode.OVERSIZED;
      if (isMisfit
          && finding.about() instanceof Subject.OfRole about
          && (about.stage().equals("*") || about.stage().equals(reading.stage()))) {
        roles.add(about.role().value());
      }
    }
    return roles;
  }

  private void notExact(Attachment attachment, Declared told, Collection<String> roles) {
    CacheKey key = told.cacheKey();
    List<String> more =
        Wiring.sourcesFor(
                reading.type(),
                new Declared(
                    CacheKey.TOKEN_AND_ROUTE,
                    attachment.ttl(),
                    expected.tokenSource(),
                    false,
                    false))
            .stream()
            .filter(source -> !attachment.identitySources().contains(source))
            .toList();
    var fault =
        new WiringFault(
            "role-not-exact",
            Severity.ERROR,
            "documents are made for answers that are cached under `"
                + key.text()
                + "`, and no exact one exists for "
                + (roles.size() == 1 ? "role " : "roles ")
                + shown(roles.stream().map(role -> "`" + role + "`").toList())
                + ": their callers are refused some of what is granted to them",
            key.scope() == DocumentScope.TOKEN
                ? "add the identity sources "
                    + more.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "))
                    + " and set `GRANTWAY_CACHE_KEY` to `token+route`, or set the TTL to 0 and the key"
                    + " to `none`"
                : "set the TTL to 0 and `GRANTWAY_CACHE_KEY` to `none`, or change the permissions");
    judged.add(new Judged(fault, Optional.of(told)));
  }

  // ----------------------------------------------------------------- words

  private void add(String code, Severity severity, String what, String fix) {
    add(new WiringFault(code, severity, what, fix));
  }

  private void add(WiringFault fault) {
    judged.add(new Judged(fault, Optional.empty()));
  }

  private void routes(
      String code, Severity severity, Predicate<AttachedRoute> which, String what, String fix) {
    add(
        code,
        severity,
        reading.routes().stream().filter(which).map(AttachedRoute::route).toList(),
        what,
        fix);
  }

  /** One fault for all of these routes; none where there are none. */
  private void add(
      String code, Severity severity, Collection<String> routes, String what, String fix) {
    if (!routes.isEmpty()) {
      var quoted = routes.stream().map(route -> "`" + route + "`").toList();
      add(
          new WiringFault(
              code,
              severity,
              (routes.size() == 1 ? quoted.getFirst() : "each of " + shown(quoted)) + " " + what,
              fix,
              List.copyOf(routes)));
    }
  }

  static String shown(List<String> texts) {
    int more = texts.size() - SHOWN;
    return String.join(", ", texts.subList(0, Math.min(SHOWN, texts.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
