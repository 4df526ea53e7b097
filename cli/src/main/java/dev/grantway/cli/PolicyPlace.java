package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditSource;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.AsOf;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a command reads the policy from: a table, or a running admin app. */
final class PolicyPlace {
  private static final String NUMBER = "[0-9]{1,18}";

  /** Where an app answers everything that is chained. */
  static final String BUNDLE = "/api/v1/audit/bundle";

  /** Who may take evidence away. */
  static final String EVIDENCE = "an owner or auditor";

  private static final String PATH = "/api/v1/policy";

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "for --url: the bearer token of any operator, to import and apply of an editor, for what"
              + " is evidence of an owner or auditor; the environment's `GRANTWAY_TOKEN` by"
              + " default")
  private @Nullable String token;

  /** One of them. */
  static final class Where {
    @Option(
        names = "--table",
        paramLabel = "URL",
        description =
            "where DynamoDB answers: takes the table that `GRANTWAY_TABLE` names, `grantway` by"
                + " default")
    private @Nullable String table;

    @Option(names = "--url", paramLabel = "URL", description = "the URL of a running admin app")
    private @Nullable String url;
  }

  /**
   * Policy data as of a moment.
   *
   * @param table answers from them, or from any revision of a table
   * @param revision they are of, and the hash of its record
   */
  record Opened(TableAccess table, AsOf then, long revision, String hash) {
    PolicyRepository repository() {
      return table.repository();
    }
  }

  /**
   * The admin app, if that is where.
   *
   * @param rights whose token it takes, such as {@code an editor}
   */
  Optional<AdminApp> app(String rights) {
    return Optional.ofNullable(where.url).map(url -> AdminApp.at(url, token, rights));
  }

  /** True where an admin app is asked. */
  boolean isApp() {
    return where.url != null;
  }

  /** The table, where that is where. */
  TableAccess table(TableAccess.Tables tables) {
    return tables.at(Optional.ofNullable(where.table).orElse(""));
  }

  /**
   * Opens the place.
   *
   * @param moment the number of a revision, an instant, or nothing for what is live
   */
  Opened open(TableAccess.Tables tables, String moment, Console console) {
    Optional<AdminApp> app = app("an operator");
    if (app.isPresent()) {
      return read(app.get(), moment, console);
    }
    TableAccess table = table(tables);
    AsOf then = asOf(table.repository(), moment, console);
    return new Opened(table, then, then.revision(), then.hash());
  }

  /**
   * When a question about a moment is asked: that instant, and now of a revision or what is live.
   */
  static Instant at(String moment, Console console) {
    return moment.isEmpty() || moment.matches(NUMBER)
        ? console.clock().instant()
        : past(moment, console);
  }

  /** An instant that is not later than now. */
  static Instant past(String text, Console console) {
    Instant instant = Inputs.instant(text);
    try {
      StoreException.NotYet.check(instant, console.clock().instant());
    } catch (StoreException.NotYet ahead) {
      throw new InputException(String.valueOf(ahead.getMessage()));
    }
    return instant;
  }

  /** All that is chained there; of an app the audit bundle, which it records that it hands over. */
  AuditSource audit(TableAccess.Tables tables) {
    Optional<AdminApp> app = app(EVIDENCE);
    return app.isPresent() ? visit -> bundle(app.get(), visit) : table(tables).audit();
  }

  private static void bundle(AdminApp app, Consumer<AuditLine> visit) {
    try (var lines = new TextLines(app.get(BUNDLE).body())) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        visit.accept(AuditLines.read(line.get()));
      }
    } catch (IOException e) {
      throw app.unreachable(e);
    } catch (IllegalArgumentException damaged) {
      throw new StoreException.Unavailable(
          "the answer is no audit bundle: see that the address is that of an admin app of this"
              + " version",
          damaged);
    }
  }

  private static AsOf asOf(PolicyRepository repository, String moment, Console console) {
    if (moment.isEmpty()) {
      return repository.live();
    }
    Optional<AsOf> then =
        moment.matches(NUMBER)
            ? repository.asOf(Long.parseLong(moment))
            : repository.asOf(past(moment, console));
    return then.orElseThrow(
        () ->
            new InputException(
                "there is no revision `"
                    + moment
                    + "`: head is "
                    + repository.head().revision()
                    + "; before the first, and between attempts that never committed, there is"
                    + " none"));
  }

  private static Opened read(AdminApp app, String moment, Console console) {
    String query = moment.isEmpty() ? "" : "?as-of=" + URLEncoder.encode(moment, UTF_8);
    HttpResponse<InputStream> answer = app.get(PATH + query);
    String text;
    try (InputStream body = answer.body()) {
      text = new String(body.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw app.unreachable(e);
    }
    if (!(PolicyFile.read(text, "the policy of the app") instanceof PolicyFile.Read read)) {
      throw new StoreException.Unavailable(
          "the answer is no policy file: see that the address is that of an admin app of this"
              + " version",
          null);
    }
    var memory = InMemoryPolicy.of(asInTheTable(read.policy()), read.tests(), console.clock());
    var log = new InMemoryActivity(console.clock());
    return new Opened(
        new TableAccess(memory, log, new InMemoryAudit(memory, log, console.clock())),
        memory.live(),
        Long.parseLong(header(answer, "Grantway-Revision", "0")),
        header(answer, "Grantway-Revision-Hash", ""));
  }

  /** A file gives everybody permissions under a role of that name, which has no row for it. */
  private static Policy asInTheTable(Policy file) {
    Role bare = Role.bare(RoleName.AUTHENTICATED);
    List<Role> roles = file.roles().stream().filter(role -> !role.equals(bare)).toList();
    return new Policy(file.apis(), roles, file.permissions(), file.assignments(), file.rules());
  }

  private static String header(HttpResponse<InputStream> answer, String name, String otherwise) {
    return answer.headers().firstValue(name).orElse(otherwise);
  }
}
