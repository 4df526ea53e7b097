package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.add;
import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.id;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static dev.grantway.store.dynamodb.SamplePolicy.publication;
import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static dev.grantway.store.dynamodb.SamplePolicy.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Validity;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.AsOf;
import dev.grantway.store.Head;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.KeptAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each access pattern costs, in requests and capacity units, is what docs/storage.md says, and
 * does not grow with history (REV-07).
 */
class CostTest {
  private static final int EACH = 100;
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+) \\|[^|]*\\|[^|]*\\| ([0-9 +]+ \\| [0-9. +]+) \\|$");

  private static final ActivityEntry SIGN_IN =
      ActivityEntry.clipped("ana", ActivityKind.SIGN_IN, "ana", Map.of());

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final DynamoPolicyReader reader = table.reader();
  private int edits;
  private int reviewed;

  @AfterEach
  void close() {
    table.close();
  }

  @BeforeEach
  void publishTheWorld() {
    var random = new Random(1);
    publish(
        repository,
        add(api("a")),
        add(role("r0")),
        add(role("r1")),
        add(role("r2")),
        add(role("wild")),
        add(new Assignment(name("r0"), "corp", Assignment.Kind.SUBJECT, "alice", null)),
        add(new Assignment(name("r0"), "corp", Assignment.Kind.CLIENT, "shop", null)),
        add(new Assignment(name("r0"), "corp", Assignment.Kind.GROUP, "staff", null)));
    var changes = new ArrayList<Change>();
    for (int p = 0; p < EACH; p++) {
      changes.add(add(allow("p0-" + p, "r0", "a")));
      changes.add(add(allow("p1-" + p, "r1", "a")));
      changes.add(add(allow("p2-" + p, "r2", "a")));
      changes.add(add(noted("w" + Long.toHexString(random.nextLong()), "wild", noise(random))));
    }
    publish(repository, changes);
    for (int i = 0; i < 5; i++) {
      repository.revoke(DraftsTest.revocation("t" + i));
    }
    edit();
  }

  private static Permission noted(String id, String role, String note) {
    Permission it = allow(id, role, "a");
    return new Permission(
        it.id(),
        it.role(),
        it.effect(),
        it.api(),
        it.stage(),
        it.actions(),
        it.resource(),
        Condition.NONE,
        Validity.ALWAYS,
        note);
  }

  private static String noise(Random random) {
    return Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36);
  }

  /** One edit of one permission in the slice of 100. */
  private Change nextEdit() {
    Permission before = edits == 0 ? allow("p0-0", "r0", "a") : noted("p0-0", "r0", "n" + edits);
    edits++;
    return Change.alter(
        new PolicyRow.OfPermission(before),
        new PolicyRow.OfPermission(noted("p0-0", "r0", "n" + edits)));
  }

  private void edit() {
    publish(repository, nextEdit());
  }

  private String cost(Runnable question) {
    table.calls();
    question.run();
    List<LocalTable.Call> calls = table.calls();
    double units = calls.stream().mapToDouble(LocalTable.Call::units).sum();
    return calls.size() + " | " + (units == Math.rint(units) ? "" + (long) units : "" + units);
  }

  private String split(Runnable action) {
    table.calls();
    action.run();
    List<LocalTable.Call> calls = table.calls();
    List<LocalTable.Call> reads =
        calls.stream().filter(it -> it.operation().matches("get|query")).toList();
    double read = reads.stream().mapToDouble(LocalTable.Call::units).sum();
    double all = calls.stream().mapToDouble(LocalTable.Call::units).sum();
    return reads.size()
        + " + "
        + (calls.size() - reads.size())
        + " | "
        + (long) read
        + " + "
        + (long) (all - read);
  }

  private Heartbeat beat() {
    return new Heartbeat(
        "0123456789abcdef",
        "a",
        "prod",
        clock.instant(),
        7,
        true,
        "token+route",
        Duration.ofSeconds(300),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        8_192,
        Optional.empty(),
        Set.of(Set.of(name("r0"), name("r1")), Set.of(name("r2"))));
  }

  private Map<String, String> measure() {
    Head head = reader.head();
    AsOf live = repository.live();
    String review = Campaign.id(clock.instant(), new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) reviewed});
    createReview(review);
    var costs = new LinkedHashMap<String, String>();
    costs.put("head", cost(reader::head));
    costs.put(
        "miss, 3 roles",
        cost(
            () -> {
              reader.head();
              reader.slice(name("r0"), id("a"), head);
              reader.slice(name("r1"), id("a"), head);
              reader.slice(name("r2"), id("a"), head);
            }));
    costs.put("slice, irregular", cost(() -> reader.slice(name("wild"), id("a"), head)));
    costs.put("slice, absent", cost(() -> reader.slice(name("nobody"), id("a"), head)));
    costs.put("routes", cost(() -> reader.api(id("a"), head)));
    costs.put("subject", cost(() -> reader.subjects("corp", "alice", head)));
    costs.put("clients", cost(() -> reader.clients("corp", head)));
    costs.put("groups", cost(() -> reader.groups("corp", head)));
    costs.put("revocations", cost(() -> reader.revocations(0)));
    costs.put("heartbeat", split(() -> reader.heartbeats().report(beat())));
    costs.put("heartbeats", cost(repository::heartbeats));
    costs.put("open as of", cost(repository::live));
    costs.put("role", cost(() -> repository.live().role(name("r0"))));
    costs.put("permissions of a role", cost(() -> live.permissions(name("r0"))));
    costs.put("slice again", cost(() -> live.slice(name("r0"), id("a"))));
    costs.put("permission by id", cost(() -> live.permission(new PermissionId("p1-7"))));
    costs.put("roles", cost(() -> repository.live().roles("", 100)));
    costs.put("apis", cost(live::apis));
    costs.put("as of a revision", cost(() -> repository.asOf(2)));
    costs.put("as of an instant", cost(() -> repository.asOf(clock.instant())));
    costs.put("revisions", cost(() -> repository.revisions("", 8)));
    costs.put("changes", cost(() -> repository.changes(3, "", 100)));
    costs.put(
        "history, 2 steps",
        cost(
            () ->
                repository.history(new PolicyRow.OfPermission(allow("p0-0", "r0", "a")).key(), 2)));
    costs.put("draft, one step", split(this::oneStep));
    var activity = new DynamoActivity(table.client, table.name, clock);
    activity.append(SIGN_IN);
    costs.put("activity", split(() -> activity.append(SIGN_IN)));
    costs.put("publish, one edit", split(this::edit));
    costs.put("review, its state", cost(() -> reviewed(review)));
    costs.put("review, 200 lines", cost(() -> repository.reviews().lines(review, 301, 200)));
    costs.put("review, 200 answers", cost(() -> repository.reviews().answers(review, 1, 200)));
    costs.put("review, how far", cost(() -> repository.reviews().tally(review)));
    costs.put("review, one answer", split(() -> answerOne(review)));
    costs.put("review, another answer to a line", split(() -> answerAgain(review)));
    var call = new KeptAnswers.Call("ana", "\"" + reviewed + "\"", "p");
    KeptAnswers kept = repository.keptAnswers();
    costs.put("call with a key, taken", split(() -> kept.take(call, clock.instant())));
    costs.put(
        "call with a key, answered",
        split(() -> kept.keep(call, clock.instant(), KeptAnswersTest.ANSWER)));
    costs.put("call with a key, again", split(() -> kept.take(call, clock.instant())));
    costs.put("call with a key, refused", split(() -> kept.forget(call)));
    return costs;
  }

  private void createReview(String id) {
    reviewed++;
    AccessReviews reviews = repository.reviews();
    reviews.addLines(id, ReviewsTest.lines(1, 600));
    reviews.create(ReviewsTest.campaign(id, 600));
    for (int i = 1; i <= 200; i++) {
      reviews.answer(id, List.of(ReviewsTest.said(i, 1, Answer.KEEP, "ben")));
    }
  }

  private void reviewed(String id) {
    assertThat(repository.reviews().find(id)).isPresent();
    assertThat(repository.reviews().closing(id)).isEmpty();
  }

  private void answerOne(String id) {
    repository.reviews().answer(id, List.of(ReviewsTest.said(201, 1, Answer.KEEP, "ben")));
  }

  private void answerAgain(String id) {
    repository.reviews().answer(id, List.of(ReviewsTest.said(201, 2, Answer.REVOKE, "zoë")));
  }

  private void oneStep() {
    Draft draft = repository.drafts().create("d", "ana");
    table.calls();
    repository
        .drafts()
        .append(draft, new DraftStep.Edit(clock.instant(), "ana", "e", List.of(nextEdit())));
    edits--;
  }

  @Test
  void costsAreAsDocumented() throws IOException {
    Map<String, String> measured = measure();
    measured.put(
        "publish, one addition", split(() -> publish(repository, add(allow("new", "r0", "a")))));
    measured.put("publish, 2,000 edits over 20 slices", split(this::publishTwoThousand));
    measured.forEach((pattern, cost) -> System.out.println("| " + pattern + " | " + cost + " |"));
    Map<String, String> documented = documented();
    assertThat(documented).as("docs/storage.md").isEqualTo(measured);
  }

  private void publishTwoThousand() {
    var roles = new ArrayList<Change>();
    var added = new ArrayList<Change>();
    var edited = new ArrayList<Change>();
    for (int r = 0; r < 20; r++) {
      roles.add(add(role("big" + r)));
      for (int p = 0; p < 100; p++) {
        Permission before = allow("b" + r + "-" + p, "big" + r, "a");
        Permission after = noted("b" + r + "-" + p, "big" + r, "OPS-12");
        added.add(add(before));
        edited.add(
            Change.alter(new PolicyRow.OfPermission(before), new PolicyRow.OfPermission(after)));
      }
    }
    publish(repository, roles);
    publish(repository, added);
    table.calls();
    publish(repository, edited);
  }

  @Test
  void historyCostsNothing() {
    costsAreTheSameAfter(150);
  }

  /** {@code ./grantway bench store}. */
  @Test
  @Tag("bench")
  void tenThousandRevisionsCostNothing() {
    costsAreTheSameAfter(10_000);
  }

  private void costsAreTheSameAfter(int revisions) {
    Map<String, String> young = measure();
    for (int i = 0; i < revisions; i++) {
      if (i % 10 == 0) {
        die(3 + i / 10 % 5);
      }
      edit();
    }
    clock.move(Duration.ofHours(30));
    repository.sweep();
    assertThat(measure()).isEqualTo(young);
  }

  private void die(int write) {
    try {
      PublishResult result =
          table.repository(clock, Crash.before(write)).publish(publication(repository, nextEdit()));
      throw new AssertionError("survived: " + result);
    } catch (Crash expected) {
      edits--;
    }
  }

  /** The rows of the measured table: pattern, requests and units. */
  private static Map<String, String> documented() throws IOException {
    Path page = Path.of("..", "docs", "storage.md");
    var costs = new LinkedHashMap<String, String>();
    for (String line : Files.readAllLines(page)) {
      Matcher matcher = ROW.matcher(line);
      if (matcher.matches()) {
        costs.put(matcher.group(1), matcher.group(2));
      }
    }
    return costs;
  }
}
