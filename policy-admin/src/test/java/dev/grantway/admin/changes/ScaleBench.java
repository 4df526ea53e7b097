package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.AppReads;
import dev.grantway.admin.matrix.MatrixBench;
import dev.grantway.admin.whocan.WhoCanBench;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import dev.grantway.figures.Report;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.report.GrantExport;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.GrantReport;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What grows with the number of permissions, from a DynamoDB Local in a process of its own: {@code
 * ./grantway bench scale}. Every role has 50 permissions on an API of 300 routes. Beside it in the
 * same run: one bare query of a slice, and for exports reading and deciding the rows without
 * writing them.
 */
class ScaleBench {
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
  private static final int LARGEST = 1_000_000;
  private static final int OF_A_ROLE = 50;
  private static final int RESOURCES = 60;
  private static final int RUNS = 5;
  private static final String TABLE = "policy";
  private static final ApiId API = new ApiId("big1234567");
  private static final List<String> ROUTES =
      List.of("GET /c%d", "POST /c%d", "GET /c%d/{id}", "PUT /c%d/{id}", "DELETE /c%d/{id}");

  private static final List<GrantFormat> FORMATS =
      List.of(GrantFormat.CSV, GrantFormat.XLSX, GrantFormat.JSONL);
  private static final String PUBLISH_ALL = "publish everything, ms";
  private static final String BARE = "one bare query, ms";
  private static final String DECISION = "a decision with nothing held, ms";
  private static final String PUBLISH_ONE = "publish one permission, ms";
  private static final String EFFECT = "effect of a draft of one permission, ms";
  private static final String MATRIX = "first matrix of a revision, ms";
  private static final String WHO_CAN = "who can call a route, nothing held, ms";
  private static final String WHO_CAN_AGAIN = "who can call a route, again, ms";
  private static final String REQUESTS = "requests to the table of such a decision";
  private static final String HEAP = "heap in use of the process that measures, MB";
  private static final String ALONE = "grant report read and decided alone, ms";

  private final Clock clock = Clock.systemUTC();

  /** Figures by what they are of, and then by the number of permissions. */
  private final Map<String, Map<Integer, Double>> figures = new LinkedHashMap<>();

  @TempDir private Path folder;

  @Test
  void whatGrows() throws Exception {
    var sizes = new ArrayList<>(SIZES);
    if (Boolean.getBoolean("grantway.full")) {
      sizes.add(LARGEST);
    }
    measure("warm-up", SIZES.getFirst());
    figures.clear();
    for (int size : sizes) {
      measure("table" + size, size);
    }
    assertThat(figures.getOrDefault(REQUESTS, Map.of()).values())
        .as("requests of a decision, in every size")
        .hasSize(sizes.size())
        .containsOnly(figure(REQUESTS, SIZES.getFirst()));
    Part part = part(sizes);
    System.out.println(Report.tables(part).strip() + "\n\n" + part.note());
    Parts.hand(part);
  }

  private void measure(String table, int size) throws Exception {
    try (var running = TableProcess.start(folder.resolve(table))) {
      measure(running.client(), size);
    }
  }

  private void measure(DynamoDbClient client, int size) throws Exception {
    TableSetup.create(client, TABLE);
    var repository = new DynamoPolicyRepository(client, TABLE, clock);
    publishAll(repository, size);
    note(BARE, size, 1, () -> TableProcess.bareQuery(client, TABLE, "role-1", API));
    decisions(client, size);
    int[] next = {0};
    note(PUBLISH_ONE, size, true, () -> published(repository, List.of(one(next[0]++))));
    List<Change> edit = List.of(one(RUNS + 1));
    note(
        EFFECT,
        size,
        1,
        () -> EffectiveReview.of(new WorkingCopy(repository.live(), edit), edit).grants().size());
    Api api = repository.live().api(API).orElseThrow();
    MatrixBench.Shown matrix = MatrixBench.first(new World(app(client)), api);
    assertThat(matrix.cells()).isEqualTo(matrix.roles().size() * RESOURCES * ROUTES.size());
    assertThat(matrix.allowed()).isPositive().isEqualTo(granted(repository.live(), matrix.roles()));
    note(MATRIX, size, matrix, () -> MatrixBench.first(new World(app(client)), api));
    int roles = size / OF_A_ROLE;
    note(
        WHO_CAN,
        size,
        roles,
        () -> WhoCanBench.asking(new World(app(client)), API, "GET /c7").call());
    Callable<Integer> again = WhoCanBench.asking(new World(app(client)), API, "GET /c7");
    again.call();
    note(WHO_CAN_AGAIN, size, roles, again);
    exports(client, size);
    note(HEAP, size, heap());
  }

  /** How many routes the roles are granted: here all rows allow, and no role inherits. */
  private static int granted(AsOf live, List<RoleName> roles) {
    return live.permissions(roles, API).values().stream()
        .mapToInt(
            rows ->
                (int)
                    rows.stream()
                        .map(it -> it.permission().actions() + " " + it.permission().resource())
                        .distinct()
                        .count())
        .sum();
  }

  /** By itself, so that the policy is no part of the heap that is measured. */
  private void publishAll(DynamoPolicyRepository repository, int size) throws Exception {
    List<Change> all = PolicyRows.diff(Policy.EMPTY, policy(size));
    note(PUBLISH_ALL, size, true, () -> published(repository, all));
  }

  private void note(String what, int size, Object right, Callable<?> work) throws Exception {
    var times = new ArrayList<Double>();
    int runs = what.equals(PUBLISH_ALL) ? 1 : RUNS;
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      assertThat(work.call()).as(what).isEqualTo(right);
      times.add((System.nanoTime() - begun) / 1e6);
    }
    note(what, size, times.stream().sorted().toList().get(runs / 2));
  }

  private void note(String what, int size, double value) {
    figures.computeIfAbsent(what, it -> new LinkedHashMap<>()).put(size, value);
    System.err.printf(Locale.ROOT, "scale: %,d permissions, %s %.2f%n", size, what, value);
  }

  private static double heap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024);
  }

  private static boolean published(DynamoPolicyRepository repository, List<Change> changes) {
    AsOf base = repository.live();
    PublishResult result =
        repository.publish(
            new Publication(
                changes, base.revision(), base.hash(), "bench", List.of(), "to be measured", ""));
    return result instanceof PublishResult.Published;
  }

  /**
   * Requests to the table that an answer waits for, and how long it takes, when nothing is held.
   */
  private void decisions(DynamoDbClient client, int size) throws Exception {
    var issuer = new OwnIssuer();
    String token =
        issuer.token(
            "alice", Map.of("roles", List.of("role-1", "role-2", "role-3")), clock.instant());
    byte[] event = event(token);
    var requests = new AtomicInteger();
    Map<String, String> settings =
        Map.of(
            "GRANTWAY_ISSUERS", issuer.setting(),
            "GRANTWAY_CACHE_KEY", "token+route",
            "GRANTWAY_CACHE_TTL", "300s");
    var reader = new DynamoPolicyReader(counting(client, requests), TABLE);
    note(
        DECISION,
        size,
        true,
        () -> {
          requests.set(0);
          var handler = new AuthorizerHandler(settings, reader, clock, line -> {});
          String answer = new String(handler.answer(event), StandardCharsets.UTF_8);
          return answer.contains("\"Effect\":\"Allow\"");
        });
    note(REQUESTS, size, requests.get());
  }

  private static DynamoDbClient counting(DynamoDbClient client, AtomicInteger requests) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              requests.incrementAndGet();
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause() == null ? thrown : thrown.getCause();
              }
            });
  }

  private static byte[] event(String token) {
    return """
    {"type": "REQUEST", "resource": "/c1", "path": "/c1", "httpMethod": "GET",
     "methodArn": "arn:aws:execute-api:us-east-1:123456789012:%2$s/prod/GET/c1",
     "headers": {"Authorization": "Bearer %1$s"},
     "multiValueHeaders": {"Authorization": ["Bearer %1$s"]},
     "requestContext": {"resourcePath": "/c1", "httpMethod": "GET", "stage": "prod",
       "apiId": "%2$s", "identity": {"sourceIp": "203.0.113.9"}}}\
    """
        .formatted(token, API)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Each from nothing held: rows are read, decided and, but for the first, written. */
  private void exports(DynamoDbClient client, int size) throws Exception {
    long rows = report(client).count();
    assertThat(rows).isGreaterThanOrEqualTo(size);
    note("rows of the grant report", size, (double) rows);
    note(ALONE, size, rows, () -> report(client).count());
    for (GrantFormat format : FORMATS) {
      Path file = folder.resolve("grants." + format.text());
      note(
          exported(format),
          size,
          rows,
          () ->
              new GrantExport(report(client), format, "aud", clock.instant())
                  .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING)
                  .rows());
    }
  }

  private static String exported(GrantFormat format) {
    return "export as " + format.text() + ", ms";
  }

  /** The table as an app reads it that has just started. */
  private PolicyRepository app(DynamoDbClient client) {
    return AppReads.of(new DynamoPolicyRepository(client, TABLE, clock));
  }

  private GrantReport report(DynamoDbClient client) {
    var repository = new DynamoPolicyRepository(client, TABLE, clock);
    return new GrantReport(repository, repository.live(), clock.instant(), GrantFilter.EVERYTHING);
  }

  private Part part(List<Integer> sizes) {
    var columns = new ArrayList<>(List.of("of permissions"));
    sizes.forEach(size -> columns.add(String.format(Locale.ROOT, "%,d", size)));
    var rows = new ArrayList<List<String>>();
    figures.forEach(
        (what, bySize) -> {
          var row = new ArrayList<>(List.of(what));
          sizes.forEach(
              size -> row.add(String.format(Locale.ROOT, "%.1f", bySize.getOrDefault(size, 0.0))));
          rows.add(row);
        });
    return new Part(
        "scale",
        "Scale",
        "What grows with the permissions of a table: 50 a role, on one API of 300 routes, in DynamoDB"
            + " Local on disk in a process of its own, medians of "
            + RUNS
            + " but for the first publish; the smallest size was measured once before and thrown"
            + " away. One bare query of a slice of the same table stands beside them; an export"
            + " stands beside reading and deciding the same rows without writing them. The heap is"
            + " that of one process which reads as the app does, keeps what the app keeps, and"
            + " holds the benchmark. Times of"
            + " DynamoDB Local say nothing of DynamoDB's: counts and growths do.",
        List.of(
            new Part.Table("", columns, rows),
            new Part.Table("Times one bare query", columns, bareRatios(sizes)),
            new Part.Table(
                "Exports, times reading and deciding alone", columns, exportRatios(sizes))),
        List.of(
            plot(
                "the authorizer and edits",
                sizes,
                List.of(BARE, DECISION, PUBLISH_ALL, PUBLISH_ONE, EFFECT)),
            plot(
                "questions and exports",
                sizes,
                Stream.concat(
                        Stream.of(MATRIX, WHO_CAN, WHO_CAN_AGAIN, ALONE),
                        FORMATS.stream().map(ScaleBench::exported))
                    .toList()),
            plot("requests of a decision", sizes, List.of(REQUESTS), "requests"),
            plot("memory", sizes, List.of(HEAP), "MB")));
  }

  private List<List<String>> bareRatios(List<Integer> sizes) {
    var rows = new ArrayList<List<String>>();
    for (String what : List.of(DECISION, PUBLISH_ONE, EFFECT, MATRIX, WHO_CAN, WHO_CAN_AGAIN)) {
      var row = new ArrayList<>(List.of(what.replace(", ms", "")));
      sizes.forEach(
          size ->
              row.add(String.format(Locale.ROOT, "%.1f", figure(what, size) / figure(BARE, size))));
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> exportRatios(List<Integer> sizes) {
    var rows = new ArrayList<List<String>>();
    for (GrantFormat format : FORMATS) {
      var row = new ArrayList<>(List.of(format.text()));
      sizes.forEach(
          size ->
              row.add(
                  String.format(
                      Locale.ROOT, "%.2f", figure(exported(format), size) / figure(ALONE, size))));
      rows.add(row);
    }
    return rows;
  }

  private Part.Plot plot(String title, List<Integer> sizes, List<String> names) {
    return plot(title, sizes, names, "ms");
  }

  private Part.Plot plot(String title, List<Integer> sizes, List<String> names, String unit) {
    return new Part.Plot(
        title,
        "permissions",
        unit,
        true,
        names.stream()
            .map(
                name ->
                    new Part.Series(
                        name.replace(", ms", "").replace(", MB", ""),
                        sizes.stream()
                            .map(size -> new Part.Point(size, figure(name, size)))
                            .toList()))
            .toList());
  }

  private double figure(String name, int size) {
    return figures.getOrDefault(name, Map.of()).getOrDefault(size, 0.0);
  }

  private static Change one(int number) {
    return Change.add(
        new PolicyRow.OfPermission(
            permission(new RoleName("role-0"), "extra-" + number, "DELETE /c%d/{id}", number)));
  }

  private static Permission permission(RoleName role, String id, String route, int resource) {
    Route on = Route.parse(route.formatted(resource % RESOURCES));
    return new Permission(
        new PermissionId(role + "-" + id),
        role,
        dev.grantway.policy.Effect.ALLOW,
        API,
        StageScope.EVERY,
        on.actions(),
        ResourcePattern.parse(on.template().toString()),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  /** Each role has the lists and four resources more, others than its neighbours. */
  private static Policy policy(int size) {
    var routes = new ArrayList<Route>();
    for (int i = 0; i < RESOURCES; i++) {
      for (String each : ROUTES) {
        routes.add(Route.parse(each.formatted(i)));
      }
    }
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>(size);
    for (int r = 0; r < size / OF_A_ROLE; r++) {
      var role = new RoleName("role-" + r);
      roles.add(Role.bare(role));
      for (int i = 0; i < OF_A_ROLE; i++) {
        String route = i < 10 ? ROUTES.getFirst() : ROUTES.get(1 + i % (ROUTES.size() - 1));
        permissions.add(permission(role, "p" + i, route, i < 10 ? i : r + i));
      }
    }
    var api = new Api(API, "big", List.of("prod"), new RouteTable(ApiType.REST, routes), true);
    return new Policy(List.of(api), roles, permissions, List.of(), Rules.NONE);
  }
}
