package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.allow;
import static dev.grantway.store.dynamodb.SamplePolicy.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.review.Answer;
import dev.grantway.review.Barred;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.Counts;
import dev.grantway.review.Extent;
import dev.grantway.review.Flag;
import dev.grantway.review.LastUse;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.AccessReviews.Answered;
import dev.grantway.store.AccessReviews.Tally;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Page;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access reviews in the table and in memory behave alike. */
class ReviewsTest {
  static final Instant AT = Instant.parse("2026-11-27T03:42:21.007Z");
  static final String ID = Campaign.id(AT, new byte[8]);

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<AccessReviews> both() {
    return List.of(
        table.repository(clock).reviews(), InMemoryPolicy.of(Policy.EMPTY, clock).reviews());
  }

  static Campaign campaign(String id, int lines) {
    return new Campaign(
        id,
        "autumn – orders",
        "olga",
        AT,
        AT.plus(Duration.ofDays(14)),
        Answer.REVOKE,
        new TreeSet<>(List.of("ben", "zoë")),
        new Extent(new TreeSet<>(List.of(name("clerk"))), "money", "team-orders", null),
        7,
        "f".repeat(64),
        90,
        lines,
        1,
        0);
  }

  static ReviewLine line(int number) {
    return new ReviewLine(
        number,
        new PolicyRow.OfPermission(allow("p" + number, "clerk", "a")),
        3,
        new TreeSet<>(List.of("ana", "ben")),
        AT.minus(Duration.ofDays(2)),
        2,
        new LastUse(LastUse.Of.ROUTES, 41, AT.minusSeconds(5), 90, 12, true),
        new TreeSet<>(List.of(Flag.MONEY, Flag.NEVER_ENDS)),
        new TreeMap<>(Map.of("ben", Barred.GRANTED)));
  }

  static List<ReviewLine> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(ReviewsTest::line).toList();
  }

  static LineAnswer said(int line, int seq, @Nullable Answer answer, String by) {
    return new LineAnswer(line, seq, answer, by, AT.plusSeconds(9), AT.plusSeconds(2), "why", 0);
  }

  @Test
  void aCampaignIsThereOnceItWasCreatedWithAllItsLines() {
    for (AccessReviews reviews : both()) {
      reviews.addLines(ID, lines(1, 200));
      reviews.addLines(ID, lines(201, 450));
      assertThat(reviews.find(ID)).isEmpty();
      assertThat(reviews.campaigns("", 10).items()).isEmpty();
      reviews.create(campaign(ID, 450));
      assertThat(reviews.find(ID)).contains(campaign(ID, 450));
      assertThat(reviews.lines(ID, 1, 1_000)).isEqualTo(lines(1, 450));
      assertThat(reviews.lines(ID, 200, 3)).isEqualTo(lines(200, 202));
      assertThat(reviews.lines(ID, 399, 3)).isEqualTo(lines(399, 401));
      assertThat(reviews.lines(ID, 450, 3)).isEqualTo(lines(450, 450));
      assertThat(reviews.lines(ID, 451, 3)).isEmpty();
    }
  }

  @Test
  void anAssignmentAndALineOfTheLongestPermissionAreReadAsTheyWereStored() {
    var assignment =
        new ReviewLine(
            1,
            new PolicyRow.OfAssignment(
                new Assignment(name("clerk"), "corp", Assignment.Kind.SUBJECT, "zoë # 1", null)),
            0,
            new TreeSet<>(),
            null,
            0,
            new LastUse(LastUse.Of.PRINCIPAL, 0, null, 90, 0, false),
            new TreeSet<>(),
            new TreeMap<>());
    Permission plain = allow("p", "clerk", "a");
    var all = new ArrayList<>(List.of(assignment));
    for (int i = 2; i < 300; i++) {
      var noted =
          new Permission(
              plain.id(),
              plain.role(),
              plain.effect(),
              plain.api(),
              plain.stage(),
              plain.actions(),
              plain.resource(),
              plain.condition(),
              plain.validity(),
              "\r\n\u2028 " + "ü".repeat(990));
      all.add(
          new ReviewLine(
              i,
              new PolicyRow.OfPermission(noted),
              3,
              new TreeSet<>(),
              AT,
              1,
              assignment.use(),
              new TreeSet<>(),
              new TreeMap<>()));
    }
    for (AccessReviews reviews : both()) {
      reviews.addLines(ID, all);
      assertThat(reviews.lines(ID, 1, 1_000)).isEqualTo(all);
    }
  }

  @Test
  void theLatestCampaignsComeFirstPageByPage() {
    for (AccessReviews reviews : both()) {
      List<String> ids =
          IntStream.range(0, 7).mapToObj(i -> Campaign.id(AT.plusMillis(i), new byte[8])).toList();
      ids.forEach(id -> reviews.create(campaign(id, 1)));
      var found = new ArrayList<String>();
      String after = "";
      do {
        Page<Campaign> page = reviews.campaigns(after, 3);
        assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
        page.items().forEach(it -> found.add(it.id()));
        after = page.next().orElse("");
      } while (!after.isEmpty());
      assertThat(found).isEqualTo(ids.reversed());
    }
  }

  @Test
  void answersAreAddedAllOrNoneAndNoneInTheSamePlace() {
    for (AccessReviews reviews : both()) {
      reviews.create(campaign(ID, 20));
      List<LineAnswer> both = List.of(said(2, 1, Answer.KEEP, "ben"), said(11, 1, null, "ben"));
      assertThat(reviews.answer(ID, both)).isEqualTo(Answered.STORED);
      assertThat(
              reviews.answer(
                  ID, List.of(said(3, 1, Answer.KEEP, "zoë"), said(2, 1, Answer.REVOKE, "zoë"))))
          .isEqualTo(Answered.OVERTAKEN);
      assertThat(reviews.answer(ID, List.of(said(2, 2, Answer.REVOKE, "zoë"))))
          .isEqualTo(Answered.STORED);
      assertThat(reviews.answers(ID, 1, 20))
          .containsExactly(
              said(2, 1, Answer.KEEP, "ben"),
              said(2, 2, Answer.REVOKE, "zoë"),
              said(11, 1, null, "ben"));
      assertThat(reviews.answers(ID, 3, 10)).isEmpty();
      assertThat(reviews.answers(ID, 11, 11)).hasSize(1);
    }
  }

  @Test
  void howFarItIsMovesWithEachAnswer() {
    for (AccessReviews reviews : both()) {
      reviews.create(campaign(ID, 20));
      assertThat(reviews.tally(ID)).isEqualTo(new Tally(0, 0, 0));
      var _ =
          reviews.answer(
              ID, List.of(said(1, 1, Answer.KEEP, "ben"), said(2, 1, Answer.REVOKE, "ben")));
      assertThat(reviews.tally(ID)).isEqualTo(new Tally(1, 1, 2));
      var _ = reviews.answer(ID, List.of(said(1, 2, Answer.REVOKE, "ben")));
      assertThat(reviews.tally(ID)).isEqualTo(new Tally(0, 2, 3));
      var _ =
          reviews.answer(ID, List.of(said(1, 3, null, "ben"), said(2, 2, Answer.REVOKE, "zoë")));
      assertThat(reviews.tally(ID)).isEqualTo(new Tally(0, 1, 5));
      assertThat(reviews.answer(ID, List.of(said(1, 3, Answer.KEEP, "zoë"))))
          .isEqualTo(Answered.OVERTAKEN);
      assertThat(reviews.tally(ID)).as("nothing was stored").isEqualTo(new Tally(0, 1, 5));
      assertThat(reviews.tally(ID)).isEqualTo(Tally.of(reviews.answers(ID, 1, 20)));
    }
  }

  @Test
  void answersFromBeforeTheyWereCountedAreCountedFirst() {
    AccessReviews reviews = table.repository(clock).reviews();
    reviews.create(campaign(ID, 20));
    var _ = reviews.answer(ID, List.of(said(1, 1, Answer.KEEP, "ben")));
    Table items = Table.of(table.client, table.name);
    items.deleteAll(List.of(Item.of(Keys.TALLY, ID).build()));
    assertThat(reviews.answer(ID, List.of(said(2, 1, Answer.REVOKE, "ben"))))
        .isEqualTo(Answered.STORED);
    assertThat(reviews.tally(ID)).isEqualTo(new Tally(1, 1, 2));
  }

  @Test
  void asManyAsMayBeAreAnsweredAtOnce() {
    for (AccessReviews reviews : both()) {
      List<LineAnswer> many =
          IntStream.rangeClosed(1, AccessReviews.MOST_AT_ONCE)
              .mapToObj(i -> said(i, 1, Answer.KEEP, "ben"))
              .toList();
      assertThat(reviews.answer(ID, many)).isEqualTo(Answered.STORED);
      assertThat(reviews.answers(ID, 1, 1_000)).isEqualTo(many);
    }
  }

  @Test
  void ofManyAtOneLineOneIsStoredAndOfManyAtManyLinesAll() throws Exception {
    for (AccessReviews reviews : both()) {
      assertThat(race(i -> reviews.answer(ID, List.of(said(1, 1, Answer.KEEP, "r" + i)))))
          .containsOnlyOnce(Answered.STORED)
          .contains(Answered.OVERTAKEN);
      assertThat(reviews.answers(ID, 1, 1)).hasSize(1);
      assertThat(race(i -> reviews.answer(ID, List.of(said(10 + i, 1, Answer.KEEP, "r")))))
          .containsOnly(Answered.STORED);
      assertThat(reviews.tally(ID)).isEqualTo(new Tally(9, 0, 9));
    }
  }

  private interface Each {
    Answered of(int i);
  }

  private static List<Answered> race(Each each) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answered>> calls =
          IntStream.range(0, 8).<Callable<Answered>>mapToObj(i -> () -> each.of(i)).toList();
      var answers = new ArrayList<Answered>();
      for (Future<Answered> it : threads.invokeAll(calls)) {
        answers.add(it.get());
      }
      return answers;
    }
  }

  @Test
  void whatIsBeingClosedIsAnsweredNoMoreAndClosedByTheFirst() {
    for (AccessReviews reviews : both()) {
      var closing = new Closing("olga", AT, "d1");
      assertThat(reviews.answer(ID, List.of(said(1, 1, Answer.KEEP, "ben"))))
          .isEqualTo(Answered.STORED);
      assertThat(reviews.closing(ID)).isEmpty();
      Tally seen = reviews.tally(ID);
      assertThat(reviews.answer(ID, List.of(said(2, 1, Answer.KEEP, "ben"), said(3, 1, null, "b"))))
          .isEqualTo(Answered.STORED);
      assertThat(reviews.begin(ID, closing, seen)).as("answered meanwhile").isEmpty();
      assertThat(reviews.closing(ID)).isEmpty();
      assertThat(reviews.begin(ID, closing, reviews.tally(ID))).contains(closing);
      assertThat(reviews.begin(ID, new Closing("ben", AT, "d2"), seen)).contains(closing);
      assertThat(reviews.closing(ID)).contains(closing);
      assertThat(reviews.answer(ID, List.of(said(1, 2, Answer.KEEP, "ben"))))
          .isEqualTo(Answered.CLOSING);
      assertThat(reviews.answers(ID, 1, 9)).hasSize(3);
      assertThat(reviews.closed(ID)).isEmpty();
      var closed = new Closed(AT, "a".repeat(64), new Counts(4, 1, 2, 1, 2), "d1");
      reviews.end(ID, closed);
      reviews.end(ID, new Closed(AT.plusSeconds(1), "b".repeat(64), Counts.NONE, ""));
      assertThat(reviews.closed(ID)).contains(closed);
    }
  }

  @Test
  void aReportIsReadInItsOrderAndStoringItAgainChangesNothing() {
    for (AccessReviews reviews : both()) {
      List<String> all = IntStream.range(0, 500).mapToObj(i -> "{\"i\":" + i + "}").toList();
      for (int i = 0; i < 2; i++) {
        assertThat(reviews.isReported(ID)).isEqualTo(i > 0);
        reviews.addReport(ID, 0, all.subList(0, 400), false);
        reviews.addReport(ID, 400, all.subList(400, 500), true);
      }
      var read = new ArrayList<String>();
      reviews.report(ID, read::add);
      assertThat(read).isEqualTo(all);
      assertThat(reviews.isReported(ID)).isTrue();
    }
  }

  @Test
  void aPartThatAnotherReleaseDeflatedIsTheSame() {
    AccessReviews reviews = table.repository(clock).reviews();
    List<String> lines = IntStream.range(0, 400).mapToObj(i -> "{\"i\":" + i + "}").toList();
    Table items = Table.of(table.client, table.name);
    for (boolean isLast : List.of(true, false)) {
      Item.Builder other =
          Item.of(Keys.review(ID), "R#" + Keys.digits(isLast ? 400 : 0))
              .bytes("body", deflated(String.join("\n", lines)))
              .flag("z");
      items.put((isLast ? other.flag("last") : other).build());
      reviews.addReport(ID, isLast ? 400 : 0, lines, isLast);
      assertThatThrownBy(() -> reviews.addReport(ID, isLast ? 400 : 0, lines, !isLast))
          .hasMessageContaining("holds another record");
      assertThatThrownBy(
              () -> reviews.addReport(ID, isLast ? 400 : 0, lines.subList(1, 400), isLast))
          .hasMessageContaining("holds another record");
    }
  }

  /** As none of ours is: stored, and not made shorter. */
  private static byte[] deflated(String text) {
    try (var deflater = new Deflater(Deflater.NO_COMPRESSION, true)) {
      deflater.setInput(text.getBytes(UTF_8));
      deflater.finish();
      var out = new byte[100_000];
      return Arrays.copyOf(out, deflater.deflate(out));
    }
  }

  @Test
  void whatIsThereIsNeverPutInAnothersPlace() {
    AccessReviews reviews = table.repository(clock).reviews();
    reviews.create(campaign(ID, 1));
    reviews.addReport(ID, 0, List.of("{}"), true);
    for (Runnable other :
        List.<Runnable>of(
            () -> reviews.create(campaign(ID, 2)),
            () -> reviews.addReport(ID, 0, List.of("{\"a\":1}"), true))) {
      assertThatThrownBy(other::run)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageContaining("holds another record");
    }
    assertThat(reviews.find(ID)).contains(campaign(ID, 1));
  }

  @Test
  void aPutWhoseAnswerIsLostIsNoOther() {
    AccessReviews reviews =
        new DynamoPolicyRepository(table.repeatingPuts(), table.name, clock).reviews();
    reviews.create(campaign(ID, 3));
    reviews.addLines(ID, lines(1, 3));
    assertThat(reviews.lines(ID, 1, 9)).hasSize(3);
  }

  @Test
  void namesAndCountsOfCampaignsAreChecked() {
    for (String bad : List.of("", " x", "a\nb", "x".repeat(Campaign.MAX_NAME + 1))) {
      assertThatThrownBy(() -> Campaign.checkName(bad)).as(bad).hasMessageContaining("characters");
    }
    assertThat(Campaign.isId(ID)).isTrue();
    assertThat(Campaign.isId(ID + "#")).isFalse();
    assertThat(ID).isEqualTo("20261127-034221-007-0000000000000000");
  }
}
