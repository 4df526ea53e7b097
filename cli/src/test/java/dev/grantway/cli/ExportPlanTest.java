package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.houserules.HostileTexts;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Sha256;
import dev.grantway.store.AsOf;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported is what is there: no plan finds a change, and applied it is the same bytes. */
class ExportPlanTest {
  private static final int WORLDS = Integer.getInteger("grantway.worlds", 60);

  private static final int MANY_WORLDS = 1_000;

  /** A row of a table has at most 32,000 bytes. */
  private static final int LONGEST_VALUE = 8_000;

  @TempDir private Path folder;

  private Ran run(InMemoryPolicy table, String... args) {
    return Ran.by(console -> Main.run(console, url -> access(table), args), new byte[0]);
  }

  private static TableAccess access(InMemoryPolicy table) {
    var log = new InMemoryActivity(Ran.CLOCK);
    return new TableAccess(table, log, new InMemoryAudit(table, log, Ran.CLOCK));
  }

  private Ran at(InMemoryPolicy table, String command, String... more) {
    var args = new ArrayList<>(List.of(command, "--table", "http://127.0.0.1:1"));
    args.addAll(List.of(more));
    return run(table, args.toArray(String[]::new));
  }

  private static InMemoryPolicy empty() {
    return InMemoryPolicy.of(Policy.EMPTY, Ran.CLOCK);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }

  @Test
  void anExportPlansNothingAndAppliesToTheSameBytes() throws IOException {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("export and plan, seed " + seed);
    var random = new Random(seed);
    for (int world = 0; world < WORLDS; world++) {
      String where = "seed " + seed + ", world " + world;
      InMemoryPolicy table = InMemoryPolicy.of(policy(random, LONGEST_VALUE), Ran.CLOCK);
      for (String format : List.of("text", "json")) {
        Ran exported = at(table, "export", "--format", format);
        assertThat(exported.exit()).as(where + exported.err()).isZero();
        Path file = file(exported.out());
        Ran plan = at(table, "plan", file.toString());
        assertThat(plan.out()).as(where + plan.err() + exported.out()).startsWith("no changes");
        assertThat(plan.exit()).as(where).isZero();
        InMemoryPolicy other = empty();
        Ran applied = at(other, "apply", file.toString(), "--break-glass", "--reason", "moved");
        assertThat(applied.exit()).as(where + applied.err()).isZero();
        assertThat(at(other, "export", "--format", format).out())
            .as(where)
            .isEqualTo(exported.out());
      }
    }
  }

  /** What export, apply and export do, without their command lines. */
  @Test
  void manyPoliciesComeBackByteForByte() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("export, import and export, seed " + seed);
    var random = new Random(seed);
    int longest = 0;
    for (int world = 0; world < MANY_WORLDS; world++) {
      String where = "seed " + seed + ", world " + world;
      InMemoryPolicy table = InMemoryPolicy.of(policy(random), Ran.CLOCK);
      longest +=
          (int)
              table.live().policy().permissions().stream()
                  .flatMap(it -> it.condition().clauses().stream())
                  .flatMap(it -> it.values().stream())
                  .filter(it -> it.length() == HostileTexts.LONGEST_CELL)
                  .count();
      for (PolicyFile.Format format : PolicyFile.Format.values()) {
        String exported = written(table, format);
        PolicyFile.Result result = PolicyFile.read(exported, "policy");
        assertThat(result.findings()).as(where).noneMatch(Finding::isError);
        var read = (PolicyFile.Read) result;
        InMemoryPolicy other = InMemoryPolicy.of(read.policy(), read.tests(), Ran.CLOCK);
        assertThat(written(other, format)).as(where).isEqualTo(exported);
      }
    }
    assertThat(longest).as("cells of 32,767 characters").isGreaterThan(100);
  }

  private static String written(InMemoryPolicy table, PolicyFile.Format format) {
    AsOf then = table.live();
    return PolicyFile.write(then.policy(), PolicyRows.named(then.policy(), then.tests()), format);
  }

  @Test
  void exportedTablesComeBackUnchanged() throws IOException {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("tables, seed " + seed);
    var random = new Random(seed);
    for (int world = 0; world < WORLDS; world++) {
      String where = "seed " + seed + ", world " + world;
      InMemoryPolicy table = InMemoryPolicy.of(policy(random), Ran.CLOCK);
      for (String rows : List.of("permissions", "assignments")) {
        Ran exported = at(table, "export", "--csv", rows);
        assertThat(exported.exit()).as(where + exported.err()).isZero();
        Path file = Files.writeString(folder.resolve("table.csv"), exported.out());
        Ran again =
            at(
                table,
                "import",
                file.toString(),
                "--from",
                "csv-" + rows,
                "--complete",
                "--dry-run");
        assertThat(again.lines())
            .as(where + exported.out())
            .hasSize(2)
            .first()
            .asString()
            .matches("0 new, 0 changed, 0 gone, [0-9]+ unchanged, 0 errors");
      }
    }
  }

  private static String text(Random random) {
    return HostileTexts.SHORT.get(random.nextInt(HostileTexts.SHORT.size()));
  }

  /** Of a condition, whose values may be long. */
  private static String value(Random random, int longest) {
    return random.nextInt(20) == 0 ? HostileTexts.ofLength(longest) : text(random);
  }

  private static Policy policy(Random random) {
    return policy(random, HostileTexts.LONGEST_CELL);
  }

  private static Policy policy(Random random, int longest) {
    var apis = new ArrayList<Api>();
    for (String id : List.of("a1", "a2")) {
      Route plain = Route.parse("GET /x/{id}");
      var routes =
          List.of(
              Route.parse("GET /x"),
              new Route(
                  plain.actions(),
                  plain.template(),
                  text(random),
                  new TreeSet<>(Set.of("t" + text(random))),
                  text(random),
                  Route.Access.GRANTED,
                  Route.State.DEPRECATED),
              Route.parse("ANY /files/{path+}"));
      apis.add(
          new Api(
              new ApiId(id),
              "api-" + id,
              List.of("dev", "prod"),
              new RouteTable(ApiType.REST, routes),
              true));
    }
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (String name : List.of("r1", "NO", "1e3", "authenticated")) {
      var role = new RoleName(name);
      if (!name.equals("authenticated") || random.nextInt(3) == 0) {
        var inherits = new TreeSet<RoleName>();
        roles.stream().filter(it -> random.nextInt(3) == 0).forEach(it -> inherits.add(it.name()));
        roles.add(
            new Role(
                random.nextBoolean() ? name : "id-" + name,
                role,
                text(random),
                text(random),
                inherits));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        permissions.add(permission(random, role, i, longest));
      }
    }
    var assignments = new ArrayList<Assignment>();
    for (Assignment.Kind kind : Assignment.Kind.values()) {
      assignments.add(
          new Assignment(
              roles.get(random.nextInt(roles.size())).name(),
              "corp",
              kind,
              "=" + random.nextInt(9) + " \u05D0#:",
              random.nextBoolean() ? null : Ran.CLOCK.instant()));
    }
    var waivers =
        List.of(
            new Rules.Waiver("open-beyond-table", "olga", Ran.CLOCK.instant(), "r" + text(random)));
    return new Policy(
        apis,
        roles,
        permissions,
        assignments,
        new Rules(List.of(), List.of(), waivers, List.of(), Rules.Retention.EVERYTHING));
  }

  private static Permission permission(Random random, RoleName role, int number, int longest) {
    return new Permission(
        new PermissionId(role + "-" + number),
        role,
        random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW,
        new ApiId(random.nextBoolean() ? "a1" : "a2"),
        random.nextBoolean() ? StageScope.EVERY : new StageScope("prod"),
        random.nextBoolean() ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(random.nextBoolean() ? "/x/**" : "/x/${claims.sub}"),
        random.nextBoolean()
            ? Condition.NONE
            : new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS,
                        new Attribute.Claim("region"),
                        List.of("a" + text(random), value(random, longest))))),
        random.nextBoolean()
            ? Validity.ALWAYS
            : new Validity(Ran.CLOCK.instant(), Ran.CLOCK.instant().plusSeconds(60)),
        text(random));
  }

  private static final String ORDERS =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1, type: REST, stages: [prod, dev], routes: [GET /orders, POST /orders, "GET /orders/{id}"]}
      roles:
        - name: viewer
          permissions:
            - {id: see, api: orders, methods: [GET], resource: "/orders/**"}
        - {name: clerk, inherits: [viewer]}
        - name: authenticated
          permissions:
            - {id: none-posts, effect: DENY, api: orders, stage: prod, methods: [POST], resource: /orders}
      assignments:
        - {role: clerk, issuer: corp, subject: alice}
        - {role: clerk, issuer: corp, subject: bob, until: 2026-01-01T00:00:00Z}
      tests:
        - {name: viewers see, principal: {roles: [viewer]}, api: orders, stage: prod, request: GET /orders, expect: ALLOW}
      """;

  private static InMemoryPolicy holding(String text) {
    var read = (PolicyFile.Read) PolicyFile.read(text, "orders.yaml");
    return InMemoryPolicy.of(read.policy(), read.tests(), Ran.CLOCK);
  }

  @Test
  void aPlanSaysRowsAndGrantsAndExitsOne() throws IOException {
    InMemoryPolicy table = holding(ORDERS);
    Path file = file(ORDERS.replace("\"/orders/**\"", "/orders"));
    Ran plan = at(table, "plan", file.toString());
    assertThat(plan.exit()).isEqualTo(ExitCode.NO);
    assertThat(plan.lines())
        .containsExactly(
            "~ C#viewer#a1#see",
            "lost clerk GET /orders/{id} (orders/dev)",
            "lost clerk GET /orders/{id} (orders/prod)",
            "lost viewer GET /orders/{id} (orders/dev)",
            "lost viewer GET /orders/{id} (orders/prod)",
            "not looked at: documents, since no instance reported the role sets of callers of late",
            "not looked at: approval rules, and the limits of operators",
            "1 change; 0 grants gained, 4 lost, 0 changed, on revision 1");
    assertThat(at(table, "plan", file.toString(), "--format", "json").out())
        .startsWith("{\"result\":\"changes\",\"revision\":1,\"changes\":[{\"before\":")
        .contains(
            "\"gained\":[],\"lost\":[{\"api\":\"orders\",\"stage\":\"dev\",\"role\":\"clerk\","
                + "\"method\":\"GET\",\"route\":\"/orders/{id}\"")
        .endsWith(
            "\"changed\":[],\"objections\":[],\"documents\":0,\"notLookedAt\":[\"documents, since no"
                + " instance reported the role sets of callers of late\",\"approval rules, and the"
                + " limits of operators\"]}\n");
    assertThat(table.head().revision()).as("a plan writes nothing").isEqualTo(1);
  }

  @Test
  void aPlanSaysWhatApplyWouldObjectTo() throws IOException {
    Ran plan =
        at(
            holding(ORDERS),
            "plan",
            file(ORDERS.replace("expect: ALLOW", "expect: DENY")).toString());
    assertThat(plan.exit()).isEqualTo(ExitCode.NO);
    assertThat(plan.out()).contains("objection: test `viewers see` failed");
  }

  @Test
  void oneFileGoesThroughEnvironmentsByTheIdsOfTheirApis() throws IOException {
    InMemoryPolicy prod = holding(ORDERS.replace("id: a1", "id: z9"));
    Path file = file(at(holding(ORDERS), "export").out());
    assertThat(at(prod, "plan", file.toString()).exit()).isEqualTo(ExitCode.NO);
    assertThat(at(prod, "plan", file.toString(), "--map", "orders=z9").out())
        .startsWith("no changes");
    assertThat(
            at(
                    prod,
                    "apply",
                    file.toString(),
                    "--map",
                    "orders=z9",
                    "--break-glass",
                    "--reason",
                    "promoted")
                .out())
        .startsWith("unchanged");
    Ran wrong = at(prod, "plan", file.toString(), "--map", "order=z9");
    assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--map names API `order`", "it has orders");
    assertThat(at(prod, "plan", file.toString(), "--map", "orders=").exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDiffIsOfTwoRevisions() throws IOException {
    InMemoryPolicy table = holding(ORDERS);
    Path file = file(ORDERS.replace("methods: [GET]", "methods: [GET, POST]"));
    assertThat(at(table, "apply", file.toString(), "--break-glass", "--reason", "x").exit())
        .isZero();
    Ran diff = at(table, "diff", "1", "2");
    assertThat(diff.exit()).isEqualTo(ExitCode.NO);
    assertThat(diff.lines())
        .containsExactly(
            "~ C#viewer#a1#see",
            "gained clerk POST /orders (orders/dev), by see",
            "gained clerk POST /orders (orders/prod), by see",
            "gained viewer POST /orders (orders/dev), by see",
            "gained viewer POST /orders (orders/prod), by see",
            "revision 1 to 2: 1 change; 4 grants gained, 0 lost, 0 changed");
    assertThat(at(table, "diff", "2", "2").exit()).isZero();
    Ran none = at(table, "diff", "1", "7");
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("there is no revision `7`: head is 2");
    assertThat(at(table, "export", "--as-of", "1").out())
        .isEqualTo(at(holding(ORDERS), "export").out());
  }

  @Test
  void aReportIsRowsOrAFileWithAManifest() throws IOException {
    InMemoryPolicy table = holding(ORDERS);
    Ran rows = at(table, "export", "--grants", "csv", "--role", "clerk", "--stage", "prod");
    assertThat(rows.exit()).as(rows.err()).isZero();
    assertThat(rows.out())
        .isEqualTo(
            """
            "api","stage","method","route","role","effect","via","permissions","conditions","from","until","last_changed_by","last_changed_at","revision"\r
            "orders","prod","GET","/orders","clerk","ALLOW","clerk > viewer","see","","","","file","2026-11-22T10:00:00Z","1"\r
            "orders","prod","POST","/orders","clerk","DENY","authenticated","none-posts","","","","file","2026-11-22T10:00:00Z","1"\r
            "orders","prod","GET","/orders/{id}","clerk","ALLOW","clerk > viewer","see","","","","file","2026-11-22T10:00:00Z","1"\r
            """);
    assertThat(rows.err()).contains("3 rows as of revision 1");
    Ran people = at(table, "export", "--grants", "csv", "--by", "principal", "--stage", "prod");
    assertThat(people.exit()).as(people.err()).isZero();
    assertThat(people.err()).contains("no membership list was in force then: ");
    assertThat(people.lines())
        .first()
        .asString()
        .startsWith("\"api\",\"stage\",\"method\",\"route\",\"issuer\",\"kind\",\"principal\",");
    assertThat(people.lines()).as("one for each row that was counted").hasSize(rowsOf(people) + 1);
    assertThat(at(table, "export", "--by", "principal").exit())
        .as("a policy file has no rows by principal")
        .isEqualTo(ExitCode.USAGE);
    Ran byRoute =
        at(
            table,
            "export",
            "--grants",
            "csv",
            "--by",
            "route",
            "--stage",
            "prod",
            "--method",
            "GET,POST",
            "--effect",
            "deny");
    assertThat(byRoute.exit()).as(byRoute.err()).isZero();
    assertThat(byRoute.lines().subList(1, byRoute.lines().size()))
        .extracting(line -> String.join(" ", List.of(line.split(",")).subList(2, 6)))
        .containsExactly(
            "\"POST\" \"/orders\" \"authenticated\" \"DENY\"",
            "\"POST\" \"/orders\" \"clerk\" \"DENY\"",
            "\"POST\" \"/orders\" \"viewer\" \"DENY\"");
    for (List<String> unfit :
        List.of(
            List.of("--tag", "pii"),
            List.of("--owner", "nobody"),
            List.of("--method", "FETCH"),
            List.of("--effect", "maybe"))) {
      Ran refused = at(table, "export", "--grants", "csv", unfit.get(0), unfit.get(1));
      assertThat(refused.exit()).as("%s", unfit).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err()).contains("`" + unfit.get(1) + "`");
      assertThat(at(table, "export", unfit.get(0), unfit.get(1)).exit()).isEqualTo(ExitCode.USAGE);
    }
    Path out = folder.resolve("grants.xlsx");
    Ran file = at(table, "export", "--grants", "xlsx", "--out", out.toString());
    assertThat(file.exit()).as(file.err()).isZero();
    String sha256 = Sha256.hex(Files.readAllBytes(out));
    assertThat(file.out()).contains("11 rows, revision 1, SHA-256 " + sha256);
    assertThat(folder.resolve("grants.xlsx.manifest.json"))
        .content(StandardCharsets.UTF_8)
        .contains("\"rows\" : 11", sha256, table.head().hash(), "(command line)");
    Ran policy = at(table, "export", "--out", folder.resolve("p.yaml").toString());
    assertThat(policy.out()).contains("exported: ");
    assertThat(folder.resolve("p.yaml")).hasContent(at(table, "export").out());
    assertThat(folder.resolve("p.yaml.manifest.json")).content().contains("\"kind\" : \"policy\"");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(it -> it.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void aPackIsVerifiedAnywhere() throws IOException {
    InMemoryPolicy table = holding(ORDERS);
    Path pack = folder.resolve("pack.zip");
    Ran exported = at(table, "export", "--pack", pack.toString(), "--role", "clerk");
    assertThat(exported.exit()).as(exported.err()).isZero();
    assertThat(exported.out()).contains("5 rows, revision 1, SHA-256 ");
    assertThat(folder.resolve("pack.zip.manifest.json")).content().contains("\"kind\" : \"pack\"");
    Ran good = run(empty(), "verify", pack.toString());
    assertThat(good.exit()).as(good.out()).isZero();
    assertThat(good.lines().getFirst()).startsWith("good: every part of the pack fits");
    assertThat(good.out())
        .contains("5 grant rows were decided anew", "not proved: who exported this");
    byte[] bytes = Files.readAllBytes(pack);
    Files.write(pack, Arrays.copyOf(bytes, bytes.length - 30));
    Ran cut = run(empty(), "verify", pack.toString());
    assertThat(cut.exit()).isEqualTo(ExitCode.NO);
    assertThat(cut.lines().getFirst()).startsWith("bad: the pack: was cut off or damaged");
    assertThat(run(empty(), "verify", pack.toString(), "--format", "json").out())
        .startsWith("{\"result\":\"bad\",\"faults\":[{\"record\":\"the pack\"");
    for (String[] wrong :
        List.of(
            new String[] {"--pack", pack.toString(), "--grants", "csv"},
            new String[] {"--pack", pack.toString(), "--out", "x"},
            new String[] {"--pack", folder.toString()},
            new String[] {"--pack", pack.toString(), "--role", "ghost"})) {
      assertThat(at(table, "export", wrong).exit()).isEqualTo(ExitCode.USAGE);
    }
    assertThat(pack)
        .as("what was there stays")
        .hasBinaryContent(Arrays.copyOf(bytes, bytes.length - 30));
  }

  private static int rowsOf(Ran ran) {
    return ran.err()
        .lines()
        .filter(line -> line.contains(" as of revision "))
        .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTrailIsExportedAsTables() throws IOException {
    InMemoryPolicy table = holding(ORDERS);
    Ran revisions = at(table, "export", "--trail", "revisions");
    assertThat(revisions.exit()).as(revisions.err()).isZero();
    assertThat(revisions.lines()).hasSize(2).last().asString().contains(table.head().hash());
    assertThat(revisions.err()).contains("1 row up to revision 1");
    Path out = folder.resolve("changes.xlsx");
    Ran changes =
        at(table, "export", "--trail", "changes", "--as", "xlsx", "--out", out.toString());
    assertThat(changes.out()).contains("9 rows, revision 1, SHA-256 ");
    assertThat(folder.resolve("changes.xlsx.manifest.json"))
        .content()
        .contains("\"kind\" : \"changes\"");
    for (String[] wrong :
        List.of(
            new String[] {"--trail", "changes", "--as", "xlsx"},
            new String[] {"--trail", "changes", "--as", "pdf", "--out", out.toString()},
            new String[] {"--trail", "changes", "--grants", "csv"},
            new String[] {"--trail", "changes", "--as-of", "1"},
            new String[] {"--trail", "views"},
            new String[] {"--as", "csv"})) {
      assertThat(at(table, "export", wrong).exit()).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void whatIsOverIsLeftOutUnlessTheReportIsOfEarlier() {
    InMemoryPolicy table =
        holding(ORDERS.replace("{id: see,", "{id: see, until: 2026-11-22T09:00:00Z,"));
    String[] report = {"--grants", "csv", "--role", "viewer", "--stage", "prod"};
    assertThat(at(table, "export", report).out()).doesNotContain("\"see\"");
    String[] earlier = {
      "--grants", "csv", "--role", "viewer", "--stage", "prod", "--at", "2026-11-22T08:59:59Z"
    };
    assertThat(at(table, "export", earlier).out()).contains("\"see\"");
    assertThat(at(table, "export", "--at", "2026-11-22T08:59:59Z").exit())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anAnswerThatCannotBeWrittenWholeIsThree() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left on device");
          }
        };
    var said = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new Console(
                InputStream.nullInputStream(),
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(said, false, StandardCharsets.UTF_8),
                Ran.CLOCK),
            url -> access(holding(ORDERS)),
            "export",
            "--table",
            "http://127.0.0.1:1");
    assertThat(exit).isEqualTo(ExitCode.OUTSIDE);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("could not be written whole");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    InMemoryPolicy table = holding(ORDERS);
    for (String[] args :
        List.of(
            new String[] {"--role", "clerk"},
            new String[] {"--grants", "xlsx"},
            new String[] {"--grants", "pdf"},
            new String[] {"--grants", "doc", "--out", folder.resolve("x").toString()},
            new String[] {"--grants", "csv", "--role", "x y"},
            new String[] {"--grants", "csv", "--role", "ghost"},
            new String[] {"--grants", "csv", "--api", "order"},
            new String[] {"--grants", "csv", "--route", "FETCH /x"},
            new String[] {"--grants", "csv", "--route", "/nowhere/**"},
            new String[] {"--grants", "csv", "--route", "DELETE /orders"},
            new String[] {"--out", folder.resolve("no/where.yaml").toString()},
            new String[] {"--out", folder.toString()},
            new String[] {"--as-of", "2026-11-22T10:00:01Z"},
            new String[] {"--grants", "csv", "--as-of", "2026-11-22T10:00:01Z"},
            new String[] {"--grants", "csv", "--at", "2026-11-22T10:00:01Z"},
            new String[] {"--as-of", "soon"})) {
      Ran ran = at(table, "export", args);
      assertThat(ran.exit()).as(String.join(" ", args)).isEqualTo(ExitCode.USAGE);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).as(String.join(" ", args)).isNotBlank();
      if (String.join(" ", args).endsWith("10:00:01Z")) {
        assertThat(ran.err()).contains("has not come yet");
      }
    }
    assertThat(run(table, "export").exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whoCanNamesRolesAndWhoIsAssignedThem() {
    InMemoryPolicy table = holding(ORDERS);
    Ran ran = at(table, "who-can", "GET /orders/42", "--api", "orders", "--stage", "prod");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines())
        .containsExactly(
            "GET /orders/{id} (orders/prod), by revision 1 at 2026-11-22T10:00:00Z",
            "ALLOW role clerk, via clerk > viewer, by see",
            "ALLOW role viewer, via viewer, by see",
            "ALLOW subject alice of corp, assigned clerk");
    assertThat(
            at(
                    table,
                    "who-can",
                    "POST /orders",
                    "--api",
                    "a1",
                    "--stage",
                    "prod",
                    "--format",
                    "json")
                .out())
        .contains(
            "\"roles\":[{\"role\":\"authenticated\",\"effect\":\"DENY\"",
            "\"holders\":[{\"kind\":\"subject\",\"issuer\":\"corp\",\"value\":\"alice\",\"roles\":[\"clerk\"],\"effect\":\"DENY\"");
    for (String route : List.of("PUT /orders", "GET orders", "FETCH /orders", "GET /nowhere")) {
      assertThat(at(table, "who-can", route, "--api", "orders", "--stage", "prod").exit())
          .as(route)
          .isEqualTo(ExitCode.USAGE);
    }
    assertThat(at(table, "who-can", "GET /orders", "--api", "orders", "--stage", "x").err())
        .contains("no API `orders` with a stage `x`");
  }

  @Test
  void explainDecidesAsDecideDoesAndSaysWhy() {
    InMemoryPolicy table = holding(ORDERS);
    String[] base = {"--api", "orders", "--stage", "prod", "--request"};
    assertThat(explain(table, base, "GET /orders/7", "--roles", "clerk").lines())
        .containsExactly(
            "ALLOW: allowed, by revision 1",
            "because of see (ALLOW /orders/**), via clerk > viewer");
    assertThat(explain(table, base, "GET /orders/7", "--issuer", "corp", "--sub", "alice").out())
        .contains("via clerk > viewer");
    assertThat(explain(table, base, "POST /orders", "--roles", "clerk", "--format", "json").out())
        .isEqualTo(
            "{\"revision\":1,\"effect\":\"DENY\",\"by\":[\"none-posts\"],\"reason\":\"explicit-deny\","
                + "\"nearest\":[],\"because\":[{\"permission\":\"none-posts\",\"effect\":\"DENY\","
                + "\"via\":[\"authenticated\"]}]}\n");
    assertThat(explain(table, base, "GET /orders").lines())
        .containsExactly(
            "DENY: default-deny, by revision 1", "nearest: see would allow it but for its role");
    assertThat(explain(table, base, "GET /orders", "--claims", "{").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(explain(table, base, "FETCH /orders").exit()).isEqualTo(ExitCode.USAGE);
  }

  private Ran explain(InMemoryPolicy table, String[] base, String request, String... more) {
    var args = new ArrayList<>(List.of(base));
    args.add(request);
    args.addAll(List.of(more));
    return at(table, "explain", args.toArray(String[]::new));
  }

  @Test
  void aTableThatDoesNotAnswerIsThree() {
    for (String[] args :
        List.of(
            new String[] {"export"},
            new String[] {"diff", "1", "2"},
            new String[] {"who-can", "GET /x", "--api", "a", "--stage", "s"})) {
      var all = new ArrayList<>(List.of(args));
      all.addAll(List.of("--table", "http://127.0.0.1:1"));
      Ran ran =
          Ran.by(
              console ->
                  Main.run(
                      console,
                      url -> {
                        throw new StoreException.Unavailable("down", null);
                      },
                      all.toArray(String[]::new)),
              new byte[0]);
      assertThat(ran.exit()).isEqualTo(ExitCode.OUTSIDE);
      assertThat(ran.err()).isEqualTo("down\n");
    }
  }

  @Test
  void aShellCompletesTheCommands() {
    Ran ran = run(empty(), "completion");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("complete -F", "who-can", "--as-of");
  }
}
