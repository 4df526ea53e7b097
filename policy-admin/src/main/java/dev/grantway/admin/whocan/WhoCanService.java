package dev.grantway.admin.whocan;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.common.Latest;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.matrix.RoutePlace;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.ServedStage;
import dev.grantway.imports.DryRun;
import dev.grantway.imports.ImportBase;
import dev.grantway.imports.ImportKind;
import dev.grantway.imports.ImportOrder;
import dev.grantway.imports.Imports;
import dev.grantway.imports.LastList;
import dev.grantway.imports.NewList;
import dev.grantway.imports.Telling;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.revision.Sha256;
import dev.grantway.store.AsOf;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RecordedMembers;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;

/**
 * Reverse questions, answered by the grants that everything else is decided by, as of any revision
 * or instant (REV-04), without any draft.
 */
@Service
public class WhoCanService {
  /** How many holders one answer names at most; it says how many more there are. */
  public static final int MOST_HOLDERS = 2_000;

  private static final int TOGETHER = 50;

  /** Of permissions about the routes that were asked for last; with 400 bytes or so each, 40 MB. */
  private static final long MOST_KNOWN = 100_000;

  /** However little is said of the routes, 100 answers are known at most. */
  private static final long LEAST = 1_000;

  private static final Comparator<HolderAnswer> ALLOWED_FIRST =
      Comparator.comparing((HolderAnswer it) -> it.standing().kind())
          .thenComparing(it -> it.holder().kind())
          .thenComparing(it -> it.holder().issuer())
          .thenComparing(it -> it.holder().value());

  private final PolicyRepository repository;
  private final Operators operators;
  private final Activity activity;
  private final Clock clock;
  private final Latest<Reading.About, Map<RoleName, List<Permission>>> known =
      new Latest<>(MOST_KNOWN, it -> LEAST + it.values().stream().mapToInt(List::size).sum());

  WhoCanService(PolicyRepository repository, Operators operators, Activity activity, Clock clock) {
    this.repository = repository;
    this.operators = operators;
    this.activity = activity;
    this.clock = clock;
  }

  /**
   * Reads as of when is asked, as {@link Moment#parse} does; what has not come yet is an {@link
   * IllegalArgumentException} too.
   */
  public Moment moment(String text) {
    operators.require(Task.SEE);
    Moment moment = Moment.parse(text);
    if (moment instanceof Moment.OfInstant(Instant instant)) {
      try {
        StoreException.NotYet.check(instant, clock.instant());
      } catch (StoreException.NotYet ahead) {
        throw new IllegalArgumentException(ahead.getMessage(), ahead);
      }
    }
    return moment;
  }

  /** What is asked of policy data as they were. */
  private interface Question<T> {
    Found<T> ask(AsOf then, Api api, Instant at);
  }

  private <T> Found<T> asked(ApiId id, String stage, Moment moment, Question<T> question) {
    Instant at = moment instanceof Moment.OfInstant(Instant instant) ? instant : clock.instant();
    try {
      Optional<AsOf> then = moment.in(repository);
      if (then.isEmpty()) {
        return Found.Nothing.because("whocan.never");
      }
      return then.get()
          .api(id)
          .filter(api -> api.stages().contains(stage))
          .map(api -> question.ask(then.get(), api, at))
          .orElseGet(
              () ->
                  Found.Nothing.because(
                      "whocan.noapi", Long.toString(then.get().revision()), stage));
    } catch (StoreException.NotKept notKept) {
      return new Found.Nothing<>(new Sentence.OfModel(String.valueOf(notKept.getMessage())));
    }
  }

  private <T> Found<T> answer(AsOf then, Instant at, T value) {
    return new Found.Answer<>(then.revision(), repository.head().revision(), at, value);
  }

  /**
   * Who may call a route.
   *
   * @param route one action on one route, such as {@code POST /orders/{id}/refunds}, or a request
   *     that a route serves, such as {@code POST /orders/42/refunds}; on WebSocket a route key
   */
  public Found<RouteAnswer> route(ApiId id, String stage, String route, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) ->
            place(api, route)
                .map(place -> answer(then, at, route(then, api, stage, at, place)))
                .orElseGet(() -> noroute(then, route)));
  }

  /** What is served: a route as it is written, or else the one that a request is sent to. */
  private static Optional<RoutePlace> place(Api api, String text) {
    boolean webSocket = api.type() == ApiType.WEBSOCKET;
    int space = text.indexOf(' ');
    Optional<Action> action =
        webSocket
            ? Optional.of(Action.CONNECT)
            : Action.verb(text.substring(0, Math.max(0, space)));
    String path = webSocket ? text : text.substring(space + 1).strip();
    if (action.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    Action asked = action.get();
    return api.routes().routes().stream()
        .filter(it -> it.actions().contains(asked) && it.template().toString().equals(path))
        .filter(it -> api.routes().actionsOf(it).contains(asked))
        .findFirst()
        .or(
            () ->
                webSocket || path.startsWith("/")
                    ? api.routes()
                        .route(
                            asked, webSocket ? RequestPath.ofRouteKey(path) : RequestPath.of(path))
                    : Optional.empty())
        .map(it -> new RoutePlace(it, asked));
  }

  private RouteAnswer route(AsOf then, Api api, String stage, Instant at, RoutePlace place) {
    Reading reading = new Reading(then, api, stage, at, List.of(place.route())).everyRole(known);
    int number = List.copyOf(new TreeSet<>(place.route().actions())).indexOf(place.action());
    var about = new ArrayList<RoleAnswer>();
    var named = new HashSet<RoleName>();
    for (RoleName role : reading.roles().keySet()) {
      if (!role.equals(RoleName.AUTHENTICATED) && reading.says(role)) {
        RoleAnswer answer = answer(reading, role, number);
        named.add(role);
        if (answer.standing().kind() != Standing.Kind.NONE) {
          about.add(answer);
        }
      }
    }
    Holders holders = Holders.of(then, named, at, MOST_HOLDERS);
    if (holders.kept().keySet().stream().anyMatch(it -> it.kind() == Assignment.Kind.GROUP)) {
      holders.with(memberships(then, at, it -> true), MOST_HOLDERS);
    }
    return new RouteAnswer(
        place.text(),
        place.route(),
        answer(reading, RoleName.AUTHENTICATED, number),
        about,
        count(reading) - about.size(),
        holders.kept().entrySet().stream()
            .map(it -> holder(reading, it.getKey(), it.getValue(), number))
            .sorted(ALLOWED_FIRST)
            .toList(),
        holders.more(),
        seen(then, api.id(), stage).stream()
            .map(roles -> seen(reading, roles, number))
            .sorted(Comparator.comparing(it -> it.standing().kind()))
            .toList());
  }

  private static int count(Reading reading) {
    int all = reading.roles().size();
    return reading.roles().containsKey(RoleName.AUTHENTICATED) ? all - 1 : all;
  }

  private static RoleAnswer answer(Reading reading, RoleName role, int number) {
    Reading.Pair pair = reading.pairs(List.of(role)).get(number);
    return new RoleAnswer(role, pair.standing(), reading.because(List.of(role), pair));
  }

  private static HolderAnswer holder(
      Reading reading, Assignment.Holder holder, List<Assignment> by, int number) {
    List<RoleName> roles = by.stream().map(Assignment::role).toList();
    return new HolderAnswer(holder, reading.pairs(roles).get(number).standing(), by);
  }

  private static SeenAnswer seen(Reading reading, Collection<RoleName> roles, int number) {
    return new SeenAnswer(new TreeSet<>(roles), reading.pairs(roles).get(number).standing());
  }

  /** What was seen lately says nothing of another revision than the live one. */
  private Set<Set<RoleName>> seen(AsOf then, ApiId api, String stage) {
    if (then.revision() != repository.head().revision()) {
      return Set.of();
    }
    return Heartbeat.stages(repository.heartbeats()).stream()
        .filter(it -> it.api().equals(api) && it.stage().equals(stage))
        .findFirst()
        .map(ServedStage::seen)
        .orElse(Set.of());
  }

  /**
   * Who may call the routes that carry a tag.
   *
   * @param tag in whatever case; one that no route carries has no routes
   */
  public Found<TagAnswer> tag(ApiId id, String stage, String tag, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) -> {
          List<Route> tagged = api.routes().routes().stream().filter(it -> it.hasTag(tag)).toList();
          return tagged.isEmpty()
              ? Found.Nothing.because("whocan.notag", tag, Long.toString(then.revision()))
              : answer(
                  then,
                  at,
                  new TagAnswer(
                      tag, lines(new Reading(then, api, stage, at, tagged).everyRole(known))));
        });
  }

  private static List<TagAnswer.Line> lines(Reading reading) {
    List<Reading.Pair> everybody = reading.pairs(List.of(RoleName.AUTHENTICATED));
    List<Integer> reached = reading.reached(everybody);
    var byPlace = new HashMap<Integer, List<RoleAnswer>>();
    for (RoleName role : reading.roles().keySet()) {
      if (!role.equals(RoleName.AUTHENTICATED) && reading.says(role)) {
        List<Reading.Pair> pairs = reading.pairs(List.of(role));
        for (int number : reached) {
          Reading.Pair pair = pairs.get(number);
          if (pair.standing().kind() != Standing.Kind.NONE) {
            byPlace
                .computeIfAbsent(number, it -> new ArrayList<>())
                .add(new RoleAnswer(role, pair.standing(), reading.because(List.of(role), pair)));
          }
        }
      }
    }
    return reached.stream()
        .map(
            number ->
                new TagAnswer.Line(
                    everybody.get(number).text(),
                    everybody.get(number).now().route().access(),
                    everybody.get(number).standing(),
                    byPlace.getOrDefault(number, List.of())))
        .toList();
  }

  /**
   * Roles that differ in nothing but whether they may call this route.
   *
   * @param route as {@link #route} takes it
   */
  public Found<List<Twins>> twins(ApiId id, String stage, String route, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) ->
            place(api, route)
                .map(place -> answer(then, at, twins(then, api, stage, at, place)))
                .orElseGet(() -> noroute(then, route)));
  }

  /** Some roles at a time: the permissions of all of them on all routes are never held. */
  private static List<Twins> twins(AsOf then, Api api, String stage, Instant at, RoutePlace place) {
    var finder = new Twins.Finder(place);
    var roles = List.copyOf(new Reading(then, api, stage, at, List.of()).roles().keySet());
    for (int from = 0; from < roles.size(); from += TOGETHER) {
      List<RoleName> some = roles.subList(from, Math.min(roles.size(), from + TOGETHER));
      Reading reading = new Reading(then, api, stage, at, api.routes().routes()).rolesOf(some);
      some.stream()
          .filter(role -> !role.equals(RoleName.AUTHENTICATED))
          .forEach(role -> finder.add(role, reading));
    }
    return finder.found();
  }

  private static <T> Found<T> noroute(AsOf then, String route) {
    return Found.Nothing.because("whocan.noroute", route, Long.toString(then.revision()));
  }

  /** What a role may call. */
  public Found<ReachAnswer> role(ApiId id, String stage, String name, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) ->
            role(then, name)
                .map(role -> answer(then, at, reach(then, api, stage, at, role)))
                .orElseGet(() -> norole(then, name)));
  }

  private static ReachAnswer reach(AsOf then, Api api, String stage, Instant at, RoleName role) {
    return ReachAnswer.of(
        new Reading(then, api, stage, at, api.routes().routes()).rolesOf(List.of(role)),
        List.of(role),
        List.of());
  }

  private static <T> Found<T> norole(AsOf then, String name) {
    return Found.Nothing.because("whocan.norole", name, Long.toString(then.revision()));
  }

  /** The built-in role is there without a row of its own. */
  private static Optional<RoleName> role(AsOf then, String name) {
    if (name.equals(RoleName.AUTHENTICATED.value())) {
      return Optional.of(RoleName.AUTHENTICATED);
    }
    try {
      return then.role(new RoleName(name)).map(entry -> entry.role().name());
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  /** In what two roles differ. */
  public Found<Comparison> compare(
      ApiId id, String stage, String name, String otherName, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) -> {
          Optional<RoleName> role = role(then, name);
          Optional<RoleName> other = role(then, otherName);
          if (role.isEmpty() || other.isEmpty()) {
            return norole(then, role.isEmpty() ? name : otherName);
          }
          Reading reading =
              new Reading(then, api, stage, at, api.routes().routes())
                  .rolesOf(List.of(role.get(), other.get()));
          return answer(then, at, Comparison.of(reading, role.get(), other.get()));
        });
  }

  /**
   * What somebody may call by what is assigned to them, and to groups that the membership list has
   * them in, if their token brings no role.
   */
  public Found<ReachAnswer> holder(
      ApiId id, String stage, Assignment.Holder holder, Moment moment) {
    operators.require(Task.SEE);
    return asked(
        id,
        stage,
        moment,
        (then, api, at) -> {
          List<Assignment> by = Holders.assignments(then, withGroups(then, at, holder), at);
          List<RoleName> roles = by.stream().map(Assignment::role).distinct().toList();
          Reading reading = new Reading(then, api, stage, at, api.routes().routes()).rolesOf(roles);
          return answer(then, at, ReachAnswer.of(reading, roles, by));
        });
  }

  private Set<Assignment.Holder> withGroups(AsOf then, Instant at, Assignment.Holder holder) {
    var all = new HashSet<>(Set.of(holder));
    if (holder.kind() == Assignment.Kind.SUBJECT) {
      memberships(then, at, it -> it.member().equals(holder)).forEach(it -> all.add(it.through()));
    }
    return all;
  }

  private List<Membership> memberships(AsOf then, Instant at, Predicate<Membership> wanted) {
    return repository.members(then.revision(), at).stream()
        .flatMap(list -> list.rows().stream())
        .filter(wanted)
        .toList();
  }

  /** What is known of the list that such an answer is by; none where none was in force then. */
  public Optional<MembershipFacts> memberships(Found.Answer<?> by) {
    operators.require(Task.SEE);
    return repository
        .members(by.revision(), by.at())
        .map(it -> MembershipFacts.of(it, clock.instant()));
  }

  /** What is known of the membership list; none where nobody imported one. */
  public Optional<MembershipFacts> memberships() {
    operators.require(Task.SEE);
    return repository.memberships().list().map(it -> MembershipFacts.of(it, clock.instant()));
  }

  /**
   * Compares a membership list with the last one; writes nothing. A file that is wrong is no
   * exception.
   *
   * @param file its name
   * @param csv with the columns {@code issuer,subject,group}
   */
  public ComparedList compareMembers(String file, byte[] csv) {
    operators.require(Task.DRAFT);
    DryRun run =
        Imports.dryRun(
            new ImportOrder(ImportKind.MEMBERSHIPS, file, "", false),
            csv,
            ImportBase.of(LastList.of(repository.memberships())));
    return new ComparedList(run.listOrNull(), Telling.of(run, List.of()), Sha256.hex(csv));
  }

  /**
   * Puts a membership list in the place of the one that it was compared with, whole, from now on:
   * the one before is kept for questions about its time. Recorded before. Refused where somebody
   * imported another meanwhile, and while the last list was imported more than a minute from now by
   * this clock: this one would not be in force before that instant.
   */
  public Imported takeMembers(ComparedList compared) {
    Operator operator = operators.require(Task.DRAFT);
    Optional<NewList> list = compared.list();
    if (list.isEmpty()) {
      return new Imported.Refused(Sentence.of("refused.import-wrong"));
    }
    var recorded =
        new RecordedMembers(
            operator.name(), list.get().rows(), Map.of("sha256", compared.sha256()), activity);
    return switch (recorded.after(list.get().lastOrNull(), repository.memberships(), clock)) {
      case RecordedMembers.Result.Taken(MembershipList kept) ->
          new Imported.Done(kept.at(), kept.rows().size());
      case RecordedMembers.Result.Moved moved ->
          new Imported.Moved(Sentence.of("refused.members-moved"));
      case RecordedMembers.Result.Ahead(Instant last) ->
          new Imported.Refused(
              Sentence.of(
                  "refused.members-ahead",
                  last.toString(),
                  clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    };
  }
}
