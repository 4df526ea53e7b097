package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.LookedAt;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A compiler that keeps what it has compiled and proved (COMP-08): a document is handed out again
 * for the same revision, roles, stage and route, the same values of every claim that some
 * permission looks at, and only while no boundary of time has come within the reach of its TTL.
 * Documents of scope {@code REQUEST} are not kept. Of more than the given number the one used
 * longest ago is dropped. May be used by several threads.
 */
public final class KeepingCompiler {
  private static final int MOST_TABLES = 16;

  private final Map<Object, Kept<Named>> documents;
  private final Map<Object, Kept<Boolean>> answers;
  private final Map<Object, Inputs> inputs;
  private final Map<Object, TableAnalysis> tables = new Recent<>(MOST_TABLES);

  public KeepingCompiler(int most) {
    documents = new Recent<>(most);
    answers = new Recent<>(most);
    inputs = new Recent<>(most);
  }

  /**
   * The same as {@link Compiler#compile}.
   *
   * @param revision the hash of the revision that the permissions are of, never its number: a
   *     restored table uses numbers again
   */
  public Compilation compile(CompileRequest request, String revision) {
    return take(request, revision).compilation();
  }

  /**
   * What was handed out.
   *
   * @param id of the document at its revision, as {@link Compilation.Compiled#id} says
   * @param bytes of the document in UTF-8
   * @param kept whether it had been compiled before
   */
  public record Taken(Compilation compilation, String id, int bytes, boolean kept) {}

  /** What is the same whenever it is handed out. */
  private record Named(Compilation compilation, String id, int bytes) {
    static Named of(Compilation compilation, String revision) {
      var document = compilation.emitted();
      return new Named(compilation, document.id(revision), document.bytes());
    }

    Taken taken(boolean kept) {
      return new Taken(compilation, id, bytes, kept);
    }
  }

  /** The same as {@link #compile}, and where it came from. */
  public Taken take(CompileRequest request, String revision) {
    if (request.key().scope() == DocumentScope.REQUEST) {
      return Named.of(Compiler.compile(request), revision).taken(false);
    }
    var found = find(documents, request, revision, () -> compiled(request, revision));
    return found.value().taken(found.kept());
  }

  private Named compiled(CompileRequest request, String revision) {
    var ofApi = List.of(revision, request.api().id());
    TableAnalysis table = get(tables, ofApi, () -> TableAnalysis.of(request.api().routes()));
    return Named.of(Compiler.compile(request, table), revision);
  }

  /**
   * The same as {@link SimpleAnswer#isAuthorized}, kept as documents are.
   *
   * @param revision the hash of the revision that the permissions are of
   * @throws IllegalArgumentException under the token alone
   */
  public boolean isAuthorized(CompileRequest request, String revision) {
    return request.key().scope() == DocumentScope.REQUEST
        ? SimpleAnswer.isAuthorized(request)
        : find(answers, request, revision, () -> SimpleAnswer.isAuthorized(request)).value();
  }

  /** What was found, and whether it had been kept. */
  private record Found<V>(V value, boolean kept) {}

  private <V> Found<V> find(
      Map<Object, Kept<V>> from, CompileRequest request, String revision, Supplier<V> compute) {
    AccessRequest access = request.request();
    var ofRoles = new OfRoles(revision, request.api().id().value(), access.principal().roles());
    Inputs looksAt = get(inputs, ofRoles, () -> Inputs.of(request.permissions()));
    var values = values(looksAt.lookedAt, request.key(), access);
    var key = new Key(ofRoles, request.arn(), place(request), values, request);
    Instant now = access.context().now();
    Kept<V> kept;
    synchronized (from) {
      kept = from.get(key);
    }
    if (kept != null && kept.holdsAt(now)) {
      return new Found<>(kept.value, true);
    }
    V value = compute.get();
    var until = holdsUntil(looksAt, request.roleEnds().values(), now, request.options().ttl());
    synchronized (from) {
      from.put(key, new Kept<>(value, now, until));
    }
    return new Found<>(value, false);
  }

  private static <V> V get(Map<Object, V> map, Object key, Supplier<V> compute) {
    synchronized (map) {
      return map.computeIfAbsent(key, _ -> compute.get());
    }
  }

  /** The least recently used entry goes first. */
  private static final class Recent<V> extends LinkedHashMap<Object, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, V> eldest) {
      return size() > most;
    }
  }

  /** What the permissions are. */
  private record OfRoles(String revision, String api, Set<RoleName> roles) {}

  /** What else a document depends on. */
  private record Key(
      OfRoles roles,
      ArnPrefix arn,
      List<Object> place,
      Map<String, Object> values,
      Map<RoleName, Instant> roleEnds,
      CacheKey key,
      CompileOptions options) {

    Key(
        OfRoles roles,
        ArnPrefix arn,
        List<Object> place,
        Map<String, Object> values,
        CompileRequest request) {
      this(roles, arn, place, values, request.roleEnds(), request.key(), request.options());
    }
  }

  /**
   * A document or a simple answer, and when it holds.
   *
   * @param until exclusive; null for ever
   */
  private record Kept<V>(V value, Instant from, @Nullable Instant until) {
    boolean holdsAt(Instant now) {
      return !now.isBefore(from) && (until == null || now.isBefore(until));
    }
  }

  /** What a document of one route is about: the method and the route that the event is for. */
  private static List<Object> place(CompileRequest request) {
    if (request.key().scope() == DocumentScope.TOKEN) {
      return List.of();
    }
    AccessRequest access = request.request();
    return List.of(
        access.action(),
        Optional.ofNullable(access.template())
            .<Object>map(template -> List.of(template.kind(), template.shape()))
            .orElseGet(
                () ->
                    request
                        .api()
                        .routes()
                        .route(access.action(), access.path())
                        .<Object>map(route -> route)
                        .orElseGet(access::path)));
  }

  private static Map<String, Object> values(LookedAt looksAt, CacheKey key, AccessRequest access) {
    var values = new HashMap<String, Object>();
    for (String claim : looksAt.claims()) {
      ClaimValue value = access.principal().claims().get(claim);
      if (value != null) {
        values.put("claims." + claim, value);
      }
    }
    if (looksAt.scopes()) {
      values.put("scopes", access.principal().scopes());
    }
    if (looksAt.client()) {
      values.put("client", access.principal().client());
    }
    for (String header : key.headers()) {
      values.put("header " + header, access.context().headers().getOrDefault(header, List.of()));
    }
    for (String query : key.query()) {
      values.put("query " + query, access.context().query().getOrDefault(query, List.of()));
    }
    return values;
  }

  /**
   * COMP-04: a document tells apart what begins or ends within its TTL. It holds as long as that is
   * nothing: until the TTL of a later one would reach the next boundary.
   */
  private static @Nullable Instant holdsUntil(
      Inputs looksAt, Collection<Instant> roleEnds, Instant now, Duration ttl) {
    Instant next = looksAt.boundaries.higher(now);
    for (Instant end : roleEnds) {
      if (end.isAfter(now) && (next == null || end.isBefore(next))) {
        next = end;
      }
    }
    return next == null ? null : next.minus(ttl).minus(Span.LATEST_ANSWER);
  }

  /** What some of the permissions look at, and when what they say changes. */
  private record Inputs(LookedAt lookedAt, TreeSet<Instant> boundaries) {

    static Inputs of(Collection<Permission> permissions) {
      var boundaries = new TreeSet<Instant>();
      for (Permission permission : permissions) {
        Validity validity = permission.validity();
        validity.from().ifPresent(boundaries::add);
        validity.until().ifPresent(boundaries::add);
        for (Condition.Clause clause : permission.condition().clauses()) {
          if (clause.attribute() instanceof Attribute.Now) {
            clause
                .values()
                .forEach(value -> Span.addWholeSeconds(Instant.parse(value), boundaries));
          }
        }
      }
      return new Inputs(LookedAt.by(permissions), boundaries);
    }
  }
}
