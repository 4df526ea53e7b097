package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing past the admin app: only when it is meant, recorded, and no check left out. */
class ApplyCommandTest {
  private static final String BEFORE =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1, type: REST, stages: [prod], routes: [GET /orders, POST /orders]}
      roles:
        - name: clerk
          permissions:
            - {id: see, api: orders, methods: [GET], resource: /orders}
      invariants:
        - {name: clerks-read-only, api: orders, never: {role: clerk, methods: [POST], resource: /**}}
      approvals:
        - {api: orders, required: 2}
      tests:
        - {name: clerks see, principal: {roles: [clerk]}, api: orders, stage: prod, request: GET /orders, expect: ALLOW}
      """;
  private static final String MORE =
      BEFORE.replace("methods: [GET], resource: /orders}", "methods: [GET], resource: \"/**\"}");

  @TempDir private Path folder;
  private final InMemoryActivity log = new InMemoryActivity(Ran.CLOCK);
  private InMemoryPolicy policy = holding(BEFORE);
  private int heard = Integer.MAX_VALUE;

  private static InMemoryPolicy holding(String text) {
    return InMemoryPolicy.of(read(text).policy(), read(text).tests(), Ran.CLOCK);
  }

  private static PolicyFile.Read read(String text) {
    return (PolicyFile.Read) PolicyFile.read(text, "before.yaml");
  }

  private static Policy policyOf(String text) {
    return read(text).policy();
  }

  private Ran apply(String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), text);
    var args = new ArrayList<>(List.of("apply", file.toString(), "--table", "http://127.0.0.1:1"));
    args.addAll(List.of(options));
    return Ran.by(
        console ->
            Main.run(
                console,
                url -> new TableAccess(policy, endingUnheard(), visit -> {}),
                args.toArray(String[]::new)),
        new byte[0]);
  }

  /** The log, which takes no more records than {@link #heard}. */
  private ActivityLog endingUnheard() {
    return (ActivityLog)
        Proxy.newProxyInstance(
            ApplyCommandTest.class.getClassLoader(),
            new Class<?>[] {ActivityLog.class},
            (proxy, method, arguments) -> {
              if (log.all().size() >= heard) {
                throw new StoreException.Unavailable("the table does not answer", null);
              }
              return method.invoke(log, arguments);
            });
  }

  private Ran breakGlass(String text, String... more) throws IOException {
    var options =
        new ArrayList<>(
            List.of("--break-glass", "--reason", "the app is down", "--operator", "olga"));
    options.addAll(List.of(more));
    return apply(text, options.toArray(String[]::new));
  }

  private void nothingHappened() {
    assertThat(policy.head().revision()).isEqualTo(1);
    assertThat(log.all()).isEmpty();
  }

  @Test
  void whatIsMeantIsPublishedFlaggedAndRecordedFirst() throws IOException {
    Ran ran = breakGlass(MORE);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("published: revision 2, 1 change\n");
    assertThat(ran.err())
        .startsWith("~ C#clerk#a1#see\n")
        .contains(
            "1 change on revision 1; looked at 1 invariant, the documents of 0 role sets and 1 test",
            "nothing stands against it",
            "flush the stages");
    var revision = policy.revision(2).orElseThrow();
    assertThat(revision.breakGlass()).isTrue();
    assertThat(revision.operator()).isEqualTo("olga (command line)");
    assertThat(revision.reason()).isEqualTo("the app is down");
    assertThat(revision.approvers()).isEmpty();
    assertThat(policy.live().policy()).isEqualTo(policyOf(MORE));
    assertThat(log.all())
        .extracting(it -> it.entry().kind())
        .containsExactly(
            ActivityKind.BREAK_GLASS, ActivityKind.PUBLISH_BEGUN, ActivityKind.PUBLISHED);
    assertThat(log.all().getFirst().entry().details())
        .containsEntry("reason", "the app is down")
        .containsEntry("base", "1");
  }

  @Test
  void whatIsLiveIsSaidToBeThoughItsEndIsNotRecorded() throws IOException {
    heard = 2;
    Ran ran = breakGlass(MORE);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("published: revision 2");
    assertThat(ran.err()).contains("how it ended is not in the activity log");
    assertThat(policy.head().revision()).isEqualTo(2);
  }

  @Test
  void whatCannotBeRecordedFirstIsNotDone() throws IOException {
    heard = 1;
    assertThat(breakGlass(MORE).exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(policy.head().revision()).isEqualTo(1);
  }

  @Test
  void withoutBreakGlassOrAReasonNothingIsDone() throws IOException {
    assertThat(apply(MORE).exit()).isEqualTo(ExitCode.USAGE);
    assertThat(apply(MORE, "--reason", "x").err()).contains("give --break-glass");
    assertThat(apply(MORE, "--break-glass").err()).contains("needs a --reason");
    assertThat(apply(MORE, "--break-glass", "--reason", " ").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(apply(MORE, "--break-glass", "--reason", "x".repeat(2_001)).err())
        .contains("at most 2000 characters, got 2001");
    nothingHappened();
  }

  @Test
  void aDryRunSaysWhatWouldChange() throws IOException {
    Ran ran = apply(MORE, "--dry-run", "--format", "json");
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out())
        .isEqualTo("{\"result\":\"planned\",\"revision\":1,\"changes\":1,\"objections\":[]}\n");
    assertThat(apply(BEFORE, "--dry-run").exit()).isZero();
    nothingHappened();
  }

  @Test
  void aFileThatSaysWhatIsThereChangesNothing() throws IOException {
    Ran ran = breakGlass(BEFORE);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("unchanged: revision 1, 0 changes\n");
    nothingHappened();
  }

  @Test
  void anInvariantThatWouldBreakRefusesItAndOneThatWasBrokenDoesNot() throws IOException {
    String posting = MORE.replace("methods: [GET]", "methods: [GET, POST]");
    Ran ran = breakGlass(posting);
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).isEqualTo("refused: revision 1, 1 change\n");
    assertThat(ran.err()).contains("clerks-read-only", "1 objection");
    nothingHappened();
    policy = holding(posting);
    assertThat(
            breakGlass(posting.replace("name: clerk\n", "name: clerk\n    description: x\n"))
                .exit())
        .isZero();
  }

  /** Depths one and three of three: the `*` between them takes the second as well. */
  private static final String DEEP =
      """
      grantway: 1
      apis:
        - {name: users, id: a1, type: REST, stages: [prod], routes: ["GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}"]}
      roles:
        - name: clerk
          permissions:
            - {id: one, api: users, methods: [GET], resource: "/u/{x}"}
      """;

  private static final String DEEPER =
      DEEP + "      - {id: three, api: users, methods: [GET], resource: \"/u/{x}/{y}/{z}\"}\n";

  private void reported(String cacheKey, Set<Set<RoleName>> seen) {
    policy.report(
        new Heartbeat(
            "i1",
            "a1",
            "prod",
            Ran.CLOCK.instant(),
            1,
            true,
            cacheKey,
            Duration.ofSeconds(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            8_192,
            Optional.empty(),
            seen));
  }

  @Test
  void aDocumentThatCouldNotSayWhatIsGrantedRefusesItUnderTheKeyThatIsReported()
      throws IOException {
    policy = holding(DEEP);
    reported("token", Set.of(Set.of(new RoleName("clerk"), new RoleName("other"))));
    Ran ran = breakGlass(DEEPER, "--format", "json");
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.out()).startsWith("{\"result\":\"refused\"").contains("no document of who");
    assertThat(ran.err())
        .contains(
            "no document of who holds `clerk` on `users/prod` allows exactly what is granted under"
                + " cache key `token`",
            "no document of who holds `clerk+other` on `users/prod`",
            "or have an owner waive `not-representable clerk@users/prod`",
            "the documents of 2 role sets",
            "2 objections");
    nothingHappened();
    reported("token+route", Set.of());
    assertThat(breakGlass(DEEPER).exit()).isZero();
  }

  @Test
  void anOwnersWaiverInTheTableLetsItThroughAndOneOfTheFileDoesNot() throws IOException {
    String waiver =
        "waivers:\n  - {finding: not-representable clerk@users/*, owner: olga, until:"
            + " 2100-01-01T00:00:00Z, reason: known}\n";
    policy = holding(DEEP);
    reported("token", Set.of());
    assertThat(breakGlass(DEEPER + waiver).exit()).as("begun by the file").isEqualTo(ExitCode.NO);
    policy = holding(DEEP + waiver);
    reported("token", Set.of());
    assertThat(breakGlass(DEEPER + waiver).exit()).isZero();
  }

  @Test
  void whereNoInstanceReportsItSaysThatNoDocumentsWereLookedAt() throws IOException {
    policy = holding(DEEP);
    Ran ran = breakGlass(DEEPER);
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("so no documents were looked at: `./grantway check ");
  }

  @Test
  void aTestOfTheFileThatFailsRefusesIt() throws IOException {
    Ran ran = breakGlass(MORE.replace("expect: ALLOW", "expect: DENY"));
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.err()).contains("test `clerks see` failed: expected DENY, got ALLOW");
    nothingHappened();
  }

  @Test
  void aFileWithErrorsIsRefusedBeforeTheTableIsAsked() throws IOException {
    Ran ran = breakGlass(MORE.replace("resource: \"/**\"", "resource: \"/*\""));
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    nothingHappened();
  }

  @Test
  void aRoleKeepsItsIdWhereTheFileNamesNone() throws IOException {
    Policy file = policyOf(BEFORE);
    Role clerk = file.roles().getFirst();
    policy =
        InMemoryPolicy.of(
            new Policy(
                file.apis(),
                List.of(
                    new Role(
                        "4711",
                        clerk.name(),
                        clerk.description(),
                        clerk.owner(),
                        clerk.inherits())),
                file.permissions(),
                file.assignments(),
                file.rules()),
            read(BEFORE).tests(),
            Ran.CLOCK);
    assertThat(breakGlass(BEFORE).out()).startsWith("unchanged");
  }
}
