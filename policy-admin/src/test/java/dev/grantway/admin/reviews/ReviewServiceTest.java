package dev.grantway.admin.reviews;

import static dev.grantway.admin.reviews.Campaigns.assignment;
import static dev.grantway.admin.reviews.Campaigns.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.reviews.CampaignInput.Field;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.usage.UsageServices;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.review.Answer;
import dev.grantway.review.Barred;
import dev.grantway.review.Campaign;
import dev.grantway.review.Flag;
import dev.grantway.review.LastUse;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.StoreException;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Campaigns are fixed when created; lines are answered by others than those they are about. */
class ReviewServiceTest {
  private final World world = new World();
  private final Campaigns all = new Campaigns(world);

  private static String code(Answered answered) {
    assertThat(answered).isInstanceOf(Answered.Refused.class);
    return ((Answered.Refused) answered).why().code();
  }

  private static LineAnswer stored(Answered answered) {
    assertThat(answered).isInstanceOf(Answered.Done.class);
    return ((Answered.Done) answered).lines().getFirst().answer().orElseThrow();
  }

  private String refused(CampaignInput input, Field field) {
    world.operators.is("olga", OperatorRight.OWNER);
    Created created = all.reviews.create(input);
    assertThat(created).isInstanceOf(Created.Refused.class);
    var byField = ((Created.Refused) created).byField();
    assertThat(byField).containsOnlyKeys(field);
    return byField.values().iterator().next().getFirst().in(Locale.ENGLISH);
  }

  private void assign(Assignment... assignments) {
    for (Assignment it : assignments) {
      world.behind(Change.add(new PolicyRow.OfAssignment(it)));
    }
  }

  @Test
  void aCampaignHasALineForEachPermissionAndAssignmentOfItsExtent() {
    assign(assignment("clerk", "alice"), assignment("finance", "bob"));
    Campaign clerks = all.create(input("clerk", "", "viewer", "keep"));
    assertThat(all.lines(clerks))
        .extracting(it -> it.line().row().key().text())
        .containsExactly(
            "C#clerk#a1b2c3d4e5#clerk-cancel",
            "C#clerk#a1b2c3d4e5#clerk-change",
            "C#clerk#a1b2c3d4e5#clerk-create",
            "C#clerk#a1b2c3d4e5#clerk-files",
            "C#clerk#a1b2c3d4e5#clerk-item",
            "C#clerk#a1b2c3d4e5#clerk-items",
            "D#assignment#corp#SUBJECT#alice#clerk");
    assertThat(clerks.lines()).isEqualTo(7);
    assertThat(clerks.revision()).isEqualTo(world.repository.head().revision());
    assertThat(all.permission(clerks, "clerk-change").line().routes()).isEqualTo(2);
    assertThat(all.permission(clerks, "clerk-change").api()).isEqualTo("orders");
    world.behind(Change.remove(new PolicyRow.OfAssignment(assignment("clerk", "alice"))));
    assertThat(all.lines(clerks)).as("fixed").hasSize(7);
  }

  @Test
  void anExtentIsNarrowedByTagAndOwnerAndApi() {
    assign(assignment("finance", "bob"), assignment("clerk", "alice"), assignment("biller", "eve"));
    var money =
        new CampaignInput(
            "m",
            List.of(),
            "money",
            "",
            "orders",
            List.of("viewer"),
            "2026-12-24T17:00:00Z",
            "keep");
    List<String> ids =
        all.lines(all.create(money)).stream().map(it -> it.line().row().key().text()).toList();
    assertThat(ids)
        .contains(
            "C#finance#a1b2c3d4e5#finance-refunds",
            "C#ops#a1b2c3d4e5#ops-all",
            "C#ops#a1b2c3d4e5#ops-no-refunds",
            "D#assignment#corp#SUBJECT#bob#finance")
        .doesNotContain(
            "C#finance#a1b2c3d4e5#finance-reports",
            "C#clerk#a1b2c3d4e5#clerk-create",
            "D#assignment#corp#SUBJECT#alice#clerk",
            "D#assignment#corp#SUBJECT#eve#biller");
    var owned =
        new CampaignInput(
            "o",
            List.of(),
            "",
            "team-orders",
            "",
            List.of("viewer"),
            "2026-12-24T17:00:00Z",
            "keep");
    assertThat(all.lines(all.create(owned)))
        .extracting(it -> it.line().role().value())
        .contains("finance", "ops")
        .doesNotContain("clerk", "viewer");
  }

  private static Route shouted(Route it) {
    return new Route(
        it.actions(),
        it.template(),
        it.operationId(),
        it.tags().stream()
            .map(tag -> tag.toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new)),
        it.owner().toUpperCase(Locale.ROOT),
        it.access(),
        it.state());
  }

  private static Policy shouted(Policy it) {
    return new Policy(
        it.apis().stream()
            .map(
                api ->
                    new Api(
                        api.id(),
                        api.name(),
                        api.stages(),
                        new RouteTable(
                            api.type(),
                            api.routes().routes().stream()
                                .map(ReviewServiceTest::shouted)
                                .toList()),
                        api.allowUnconfirmedRouteTable()))
            .toList(),
        it.roles().stream()
            .map(
                role ->
                    new Role(
                        role.id(),
                        role.name(),
                        role.description(),
                        role.owner().toUpperCase(Locale.ROOT),
                        role.inherits()))
            .toList(),
        it.permissions(),
        it.assignments(),
        it.rules());
  }

  private static Map<String, Set<Flag>> flagged(Policy policy, String tag, String owner) {
    var some = new Campaigns(new World(policy));
    var input =
        new CampaignInput(
            "m", List.of(), tag, owner, "", List.of("viewer"), "2026-12-24T17:00:00Z", "keep");
    return some.lines(some.create(input)).stream()
        .collect(
            Collectors.toMap(
                it -> it.line().row().key().text(), it -> Set.copyOf(it.line().flags())));
  }

  @Test
  void tagsAndOwnersAreTheSameInWhateverCase() {
    for (String[] extent : new String[][] {{"", ""}, {"money", ""}, {"", "team-orders"}}) {
      Map<String, Set<Flag>> plain = flagged(World.sample(), extent[0], extent[1]);
      assertThat(plain.values()).anyMatch(flags -> flags.contains(Flag.MONEY));
      assertThat(flagged(shouted(World.sample()), extent[0], extent[1]))
          .as(List.of(extent).toString())
          .isEqualTo(plain);
    }
  }

  @Test
  void linesCarryWhatDeservesASecondLook() {
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(
                world.permission("authenticated", "any", "GET", "/reports/daily"))));
    assign(assignment("ops", "alice"));
    Campaign it = all.create(input("", "orders", "viewer", "keep"));
    Map.of(
            "ops-all", Set.of(Flag.MONEY, Flag.WILDCARD, Flag.NEVER_ENDS),
            "ops-no-refunds", Set.of(Flag.DENIAL),
            "any", Set.of(Flag.EVERYONE, Flag.NEVER_ENDS),
            "finance-approve", Set.of(Flag.MONEY, Flag.NEVER_ENDS),
            "seasonal-list", Set.<Flag>of(),
            "clerk-create", Set.of(Flag.NEVER_ENDS))
        .forEach(
            (id, flags) ->
                assertThat(all.permission(it, id).line().flags())
                    .as(id)
                    .containsExactlyInAnyOrderElementsOf(flags));
    assertThat(all.assignment(it, "alice").line().flags())
        .as("what its role carries")
        .containsExactlyInAnyOrder(Flag.MONEY, Flag.WILDCARD, Flag.NEVER_ENDS);
    assertThat(it.flagged())
        .isEqualTo((int) all.lines(it).stream().filter(line -> line.line().isFlagged()).count());
  }

  private void called(LocalDate day, String route, String role, String who, boolean more) {
    world
        .repository
        .usage()
        .put(
            new UsageDay(
                World.ORDERS,
                "prod",
                day,
                "log",
                UsageDay.Kind.ACCESS,
                who.isEmpty()
                    ? List.of()
                    : List.of(
                        new UsageRow(
                            route,
                            new TreeSet<>(Set.of(new RoleName(role))),
                            3,
                            0,
                            day.atTime(8, 0).toInstant(ZoneOffset.UTC),
                            new TreeSet<>(Set.of(UsageServices.pseudonym(Campaigns.KEY, who))),
                            more))));
  }

  @Test
  void lastUseStandsBesideALineWithHowCompleteLogsAre() {
    assign(assignment("clerk", "alice"), assignment("clerk", "bob"));
    LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
    called(today.minusDays(3), "POST /orders", "clerk", "corp|alice", false);
    Campaign it = all.create(input("clerk", "orders", "viewer", "keep"));
    LastUse create = all.permission(it, "clerk-create").line().use();
    assertThat(create.of()).isEqualTo(LastUse.Of.ROUTES);
    assertThat(create.calls()).isEqualTo(3);
    assertThat(create.last()).contains(Instant.parse("2026-11-20T08:00:00Z"));
    assertThat(create.told()).as("of the stage dev no log tells").isZero();
    assertThat(all.permission(it, "clerk-cancel").line().use().calls()).isZero();
    assertThat(all.permission(it, "clerk-cancel").line().flags()).doesNotContain(Flag.UNUSED);
    LastUse alice = all.assignment(it, "alice").line().use();
    assertThat(alice.of()).isEqualTo(LastUse.Of.PRINCIPAL);
    assertThat(alice.calls()).isEqualTo(3);
    assertThat(all.assignment(it, "bob").line().use().calls()).isZero();
  }

  private static dev.grantway.policy.Permission prodOnly() {
    return new dev.grantway.policy.Permission(
        new dev.grantway.policy.PermissionId("prod-only"),
        new RoleName("clerk"),
        dev.grantway.policy.Effect.ALLOW,
        World.ORDERS,
        new dev.grantway.policy.StageScope("prod"),
        Set.of(dev.grantway.resource.Action.DELETE),
        dev.grantway.resource.ResourcePattern.parse("/orders/{id}"),
        dev.grantway.policy.Condition.NONE,
        dev.grantway.policy.Validity.ALWAYS,
        "");
  }

  private void everyDayIsTold(LocalDate last) {
    for (int i = 0; i < ReviewService.QUIET_DAYS; i++) {
      called(last.minusDays(i), "", "", "", false);
    }
  }

  /** Lines of many are read twice, and logs may tell more the second time. */
  @Test
  void whatACampaignSaysOfItsLinesIsSaidOfThoseThatAreStored() {
    world.behind(Change.add(new PolicyRow.OfPermission(prodOnly())));
    world.behind(
        IntStream.range(0, 2_100)
            .mapToObj(i -> assignment("clerk", "someone" + i))
            .map(PolicyRow.OfAssignment::new)
            .map(Change::add)
            .toArray(Change[]::new));
    world.clock.advance(Duration.ofDays(10));
    var asked = new AtomicInteger();
    all.before(
        method -> {
          if (method.equals("usage") && asked.incrementAndGet() == 3) {
            everyDayIsTold(LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC));
          }
        });
    world.clock.advance(Duration.ofDays(90));
    Campaign it =
        all.create(
            new CampaignInput(
                "many",
                List.of("clerk"),
                "",
                "",
                "orders",
                List.of("viewer"),
                "2027-12-24T17:00:00Z",
                "keep"));
    assertThat(asked).as("both stages, twice").hasValue(4);
    List<ReviewLine> lines = world.repository.reviews().lines(it.id(), 1, 3_000);
    assertThat(lines).hasSize(it.lines()).anyMatch(line -> line.flags().contains(Flag.UNUSED));
    assertThat(it.flagged()).isEqualTo((int) lines.stream().filter(ReviewLine::isFlagged).count());
  }

  @Test
  void onlyWhereLogsTellOfEveryDayIsNoCallNoUse() {
    world.behind(Change.add(new PolicyRow.OfPermission(prodOnly())));
    LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
    everyDayIsTold(today);
    Campaign young = all.create(input("clerk", "orders", "viewer", "keep"));
    assertThat(all.permission(young, "prod-only").line().use().isComplete()).isTrue();
    assertThat(all.permission(young, "prod-only").line().flags())
        .as("granted a moment ago")
        .doesNotContain(Flag.UNUSED);
    world.clock.advance(Duration.ofDays(100));
    everyDayIsTold(today.plusDays(100));
    var input =
        new CampaignInput(
            "later",
            List.of("clerk"),
            "",
            "",
            "orders",
            List.of("viewer"),
            "2027-04-01T00:00:00Z",
            "keep");
    assertThat(all.permission(all.create(input), "prod-only").line().flags()).contains(Flag.UNUSED);
    LocalDate broken = today.plusDays(50);
    world
        .repository
        .usage()
        .put(
            new UsageDay(
                World.ORDERS, "prod", broken, "log", UsageDay.Kind.ACCESS, List.of(), 99_999));
    ReviewLine line = all.permission(all.create(input), "prod-only").line();
    assertThat(line.flags()).as("lines were not read").doesNotContain(Flag.UNUSED);
    assertThat(line.use().everyCall()).isFalse();
  }

  @Test
  void nobodyAnswersTheirOwnAccessOrWhatTheyGranted() {
    assign(assignment("clerk", "ZOE"), assignment("clerk", "alice"));
    var group = new Assignment(new RoleName("finance"), "corp", Assignment.Kind.GROUP, "fin", null);
    assign(group);
    world
        .repository
        .memberships()
        .add(
            new MembershipList(
                world.clock.instant(), "ana", List.of(new Membership("corp", "viewer", "fin"))));
    world.operators.is("editor", OperatorRight.EDITOR);
    var draft = world.changes.begin("mine");
    world.changes.stage(
        draft.id(),
        new dev.grantway.admin.common.Sentence.OfModel("x"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("biller", "new-one", "GET", "/reports/daily")))));
    world.operators.is("olga", OperatorRight.OWNER);
    world.publishes.publish(draft.id(), world.changes.draft(draft.id()).hash(), "why");
    Campaign it =
        all.create(
            input("clerk, viewer, finance, biller", "", "zoe, viewer, editor, olga", "keep"));
    assertThat(all.permission(it, "clerk-create").line().barred())
        .containsExactly(Map.entry("zoe", Barred.OWN));
    assertThat(all.permission(it, "viewer-list").line().barred())
        .as("inherited, by zoe and by the group's member")
        .containsOnlyKeys("zoe", "viewer");
    assertThat(all.assignment(it, "ZOE").line().barred()).containsOnlyKeys("zoe");
    assertThat(all.assignment(it, "alice").line().barred()).isEmpty();
    assertThat(all.assignment(it, "fin").line().barred()).containsOnlyKeys("viewer");
    QueueLine granted = all.permission(it, "new-one");
    assertThat(granted.line().barred())
        .as("whose draft it was, and who published it")
        .isEqualTo(Map.of("editor", Barred.GRANTED, "olga", Barred.GRANTED));
    assertThat(granted.line().flags()).contains(Flag.GRANTED_BY_REVIEWER);

    world.operators.is("zoe", OperatorRight.VIEWER);
    QueueLine own = all.permission(it, "clerk-create");
    assertThat(own.barred()).contains(Barred.OWN);
    assertThat(code(all.answer(it, own, Answer.KEEP, "I need it"))).isEqualTo("review-own");
    assertThat(code(all.reviews.keepTogether(it.id(), List.of(own.line().number()), 1)))
        .isEqualTo("review-own");
    world.operators.is("editor", OperatorRight.EDITOR);
    assertThat(code(all.answer(it, granted, Answer.REVOKE, ""))).isEqualTo("review-granted");
    world.operators.is("vic", OperatorRight.VIEWER);
    assertThat(code(all.answer(it, granted, Answer.REVOKE, ""))).isEqualTo("review-not-reviewer");
    world.operators.is("zoe", OperatorRight.VIEWER);
    assertThat(stored(all.answer(it, granted, Answer.REVOKE, "")).by()).isEqualTo("zoe");
  }

  @Test
  void whatNoReviewerMayAnswerIsSaidWhenItIsCreated() {
    assign(assignment("clerk", "zoe"));
    Campaign it = all.create(input("clerk", "", "zoe", "keep"));
    assertThat(it.uncovered()).isEqualTo(7);
    assertThat(all.lines(it)).allMatch(QueueLine::uncovered);
    assertThat(all.create(input("clerk", "", "zoe, viewer", "keep")).uncovered()).isZero();
  }

  @Test
  void answersAreAddedWithTheTimeTheyTookAndTheLastOneCounts() {
    Campaign it = all.create(input("clerk", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    QueueLine line = all.permission(it, "clerk-create");
    Instant opened = world.clock.instant();
    world.clock.advance(Duration.ofSeconds(7));
    var input = new AnswerInput(line.line().number(), 0, Answer.REVOKE, " gone ", opened);
    LineAnswer first = stored(all.reviews.answer(it.id(), input));
    assertThat(first.taken()).contains(Duration.ofSeconds(7));
    assertThat(first.comment()).isEqualTo("gone");
    assertThat(all.reviews.standing(it.id())).contains(new Standing(0, 1, 5));
    QueueLine now = all.permission(it, "clerk-create");
    assertThat(stored(all.answer(it, now, Answer.KEEP, "")).seq()).isEqualTo(2);
    now = all.permission(it, "clerk-create");
    Answered back = all.answer(it, now, null, "");
    assertThat(((Answered.Done) back).lines().getFirst().answer()).isEmpty();
    assertThat(all.reviews.standing(it.id())).contains(new Standing(0, 0, 6));
    assertThat(world.repository.reviews().answers(it.id(), 1, 99)).as("all are kept").hasSize(3);
    assertThat(
            all.reviews
                .queue(it.id(), new QueueFilter(true, false, false), 1, 99)
                .orElseThrow()
                .lines())
        .hasSize(6);
  }

  @Test
  void anInventedTimeOfOpeningCountsForNothing() {
    Campaign it = all.create(input("clerk", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    for (Instant opened : List.of(it.at().minusSeconds(1), world.clock.instant().plusSeconds(1))) {
      QueueLine line = all.permission(it, "clerk-create");
      var input = new AnswerInput(line.line().number(), line.said(), Answer.KEEP, "", opened);
      assertThat(stored(all.reviews.answer(it.id(), input)).taken()).isEmpty();
    }
  }

  @Test
  void aFlaggedLineIsKeptForAReasonOnlyAndNeverTogether() {
    Campaign it = all.create(input("ops, viewer", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    QueueLine flagged = all.permission(it, "ops-all");
    QueueLine plain = all.permission(it, "viewer-list");
    QueueLine other = all.permission(it, "viewer-read");
    assertThat(code(all.answer(it, flagged, Answer.KEEP, "  "))).isEqualTo("review-reason");
    assertThat(
            code(
                all.reviews.keepTogether(
                    it.id(), List.of(plain.line().number(), flagged.line().number()), 2)))
        .isEqualTo("review-flagged");
    assertThat(all.reviews.standing(it.id()).orElseThrow().open()).isEqualTo(it.lines());
    assertThat(stored(all.answer(it, flagged, Answer.KEEP, "runs the shop")).comment())
        .isEqualTo("runs the shop");
    List<Integer> both = List.of(plain.line().number(), other.line().number());
    assertThat(code(all.reviews.keepTogether(it.id(), both, 1))).isEqualTo("review-counted");
    Answered kept = all.reviews.keepTogether(it.id(), both, 2);
    assertThat(stored(kept).together()).isEqualTo(1);
    assertThat(all.reviews.keepTogether(it.id(), both, 2)).isInstanceOf(Answered.Overtaken.class);
    assertThat(code(all.reviews.keepTogether(it.id(), List.of(), 0))).isEqualTo("review-together");
    List<Integer> many = IntStream.rangeClosed(1, AccessReviews.MOST_AT_ONCE + 1).boxed().toList();
    assertThat(code(all.reviews.keepTogether(it.id(), many, many.size())))
        .isEqualTo("review-together");
    assertThat(code(all.reviews.keepTogether(it.id(), List.of(1, 1), 2)))
        .isEqualTo("review-together");
    assertThat(code(all.reviews.keepTogether(it.id(), List.of(1, 999), 2)))
        .isEqualTo("review-line");
  }

  @Test
  void ofTwoReviewersAtOneLineTheSecondIsShownWhatTheFirstSaid() {
    Campaign it = all.create(input("clerk", "", "viewer, zoe", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    QueueLine seenByBoth = all.permission(it, "clerk-create");
    stored(all.answer(it, seenByBoth, Answer.REVOKE, ""));
    world.operators.is("zoe", OperatorRight.VIEWER);
    Answered second = all.answer(it, seenByBoth, Answer.KEEP, "");
    assertThat(second).isInstanceOf(Answered.Overtaken.class);
    assertThat(((Answered.Overtaken) second).lines().getFirst().answer().orElseThrow().by())
        .isEqualTo("viewer");
    assertThat(all.reviews.standing(it.id())).contains(new Standing(0, 1, 5));

    QueueLine another = all.permission(it, "clerk-change");
    all.before(
        method -> {
          if (method.equals("answer")) {
            all.before(none -> {});
            world
                .repository
                .reviews()
                .answer(
                    it.id(),
                    List.of(
                        new LineAnswer(
                            another.line().number(),
                            1,
                            Answer.REVOKE,
                            "viewer",
                            world.clock.instant(),
                            null,
                            "",
                            0)));
          }
        });
    assertThat(all.answer(it, another, Answer.KEEP, "")).isInstanceOf(Answered.Overtaken.class);
    assertThat(all.permission(it, "clerk-change").answer().orElseThrow().answerOrNull())
        .isEqualTo(Answer.REVOKE);
  }

  @Test
  void whatIsWrongIsSaidAtItsField() {
    CampaignInput good = input("clerk", "orders", "viewer", "keep");
    assertThat(refused(with(good, "", null, null, null, null), Field.NAME)).contains("120");
    assertThat(refused(input("clerk, nobody", "", "viewer", "keep"), Field.ROLES))
        .contains("no role `nobody`");
    assertThat(refused(input("cl erk", "", "viewer", "keep"), Field.ROLES)).contains("cl erk");
    assertThat(refused(input("", "shop", "viewer", "keep"), Field.API)).contains("no API `shop`");
    assertThat(refused(input("", "", "", "keep"), Field.REVIEWERS)).contains("at least one");
    assertThat(refused(input("", "", "viewer, stranger", "keep"), Field.REVIEWERS))
        .contains("`stranger` is no operator");
    world.operators.is("nobody");
    assertThat(refused(input("", "", "nobody", "keep"), Field.REVIEWERS))
        .as("without any right")
        .contains("`nobody` is no operator");
    assertThat(refused(input("", "", "viewer", "maybe"), Field.OTHERWISE)).contains("keep or");
    for (String due :
        List.of("", "2026-11-23T10:00:00Z", "2020-01-01T00:00:00Z", "2028-01-01T00:00:00Z")) {
      assertThat(refused(with(good, null, null, null, null, due), Field.DUE)).contains("366 days");
    }
    assertThat(refused(with(good, null, null, null, null, "tomorrow"), Field.DUE))
        .contains("tomorrow");
    assertThat(refused(with(good, null, "x".repeat(200), null, null, null), Field.TAG))
        .contains("128 characters");
    assertThat(refused(with(good, null, "nothing-has-it", null, null, null), Field.EXTENT))
        .contains("nothing lies in this extent");
    assertThat(world.repository.reviews().campaigns("", 9).items()).isEmpty();
  }

  private static CampaignInput with(
      CampaignInput it,
      @Nullable String name,
      @Nullable String tag,
      @Nullable String owner,
      @Nullable String api,
      @Nullable String due) {
    return new CampaignInput(
        name == null ? it.name() : name,
        it.roles(),
        tag == null ? it.tag() : tag,
        owner == null ? it.owner() : owner,
        api == null ? it.api() : api,
        it.reviewers(),
        due == null ? it.due() : due,
        it.otherwise());
  }

  @Test
  void aReviewThatIsRefusedIsNotRecordedAndANumberThatIsNoneIsNoLine() {
    world.operators.is("olga", OperatorRight.OWNER);
    assertThat(
            all.reviews.create(
                with(input("clerk", "", "viewer", "keep"), null, "none", null, null, null)))
        .isInstanceOf(Created.Refused.class);
    assertThat(world.log.all()).noneMatch(it -> it.entry().kind() == ActivityKind.REVIEW_CREATED);
    Campaign it = all.create(input("clerk", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    assertThat(all.reviews.keepTogether(it.id(), List.of(0, 1), 2))
        .isInstanceOfSatisfying(
            Answered.Refused.class, no -> assertThat(no.why().code()).isEqualTo("review-line"));
    assertThatThrownBy(() -> all.reviews.campaigns("!", 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void whoMayCreateAndWithinWhichLimits() {
    for (OperatorRight right :
        List.of(OperatorRight.VIEWER, OperatorRight.EDITOR, OperatorRight.AUDITOR)) {
      world.operators.is("x", right);
      assertThatThrownBy(() -> all.reviews.create(input("clerk", "", "viewer", "keep")))
          .isInstanceOf(NotPermittedException.class);
    }
    world.behind(
        Change.add(new PolicyRow.OfOperator(new Rules.OperatorLimit("ben", Set.of(World.ORDERS)))));
    world.operators.is("ben", OperatorRight.APPROVER);
    assertThat(all.reviews.create(input("", "orders", "viewer", "keep")))
        .isInstanceOf(Created.Done.class);
    Created outside = all.reviews.create(input("", "", "viewer", "keep"));
    assertThat(((Created.Refused) outside).byField().values())
        .singleElement()
        .satisfies(
            why ->
                assertThat(why.getFirst().in(Locale.ENGLISH)).contains("outside of your limits"));
    assign(assignment("biller", "alice"));
    Created assigned = all.reviews.create(input("biller", "orders", "viewer", "keep"));
    assertThat(assigned).isInstanceOf(Created.Refused.class);
  }

  /** Whether all lines are held between the looks, or read again. */
  @Test
  void linesAreStoredOnlyWhereNoneIsRefused() {
    var stored = new AtomicInteger();
    all.before(method -> stored.addAndGet(method.equals("addLines") ? 1 : 0));
    world.behind(
        Change.add(new PolicyRow.OfOperator(new Rules.OperatorLimit("ben", Set.of(World.ORDERS)))));
    world.behind(
        Change.add(
            new PolicyRow.OfRole(
                new Role(
                    "both",
                    new RoleName("both"),
                    "",
                    "",
                    new TreeSet<>(List.of(new RoleName("clerk"), new RoleName("biller")))))));
    int lines = 0;
    for (int people : List.of(250, 2_100)) {
      world.behind(
          IntStream.range(lines, people)
              .mapToObj(i -> assignment("clerk", "someone" + i))
              .map(PolicyRow.OfAssignment::new)
              .map(Change::add)
              .toArray(Change[]::new));
      lines = people;
      world.operators.is("ben", OperatorRight.APPROVER);
      assign(assignment("both", "zz" + people));
      Created refused = all.reviews.create(input("clerk,both", "orders", "viewer", "keep"));
      assertThat(refused).isInstanceOf(Created.Refused.class);
      assertThat(((Created.Refused) refused).byField().toString()).contains("outside");
      assertThat(stored).as("of a refusal").hasValue(0);
      Campaign campaign = all.create(input("clerk", "orders", "viewer", "keep"));
      assertThat(campaign.lines()).isEqualTo(people + 6);
      assertThat(stored.getAndSet(0)).isEqualTo((people + 6 + 199) / 200);
      assertThat(world.repository.reviews().lines(campaign.id(), 1, people + 50))
          .extracting(ReviewLine::number)
          .isEqualTo(IntStream.rangeClosed(1, people + 6).boxed().toList());
    }
  }

  @Test
  void whatIsDoneIsRecordedFirstAndNotDoneWhereItCannotBe() {
    Campaign it = all.create(input("clerk", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    all.answer(it, all.permission(it, "clerk-create"), Answer.REVOKE, "");
    all.reviews.keepTogether(it.id(), List.of(5, 6), 2);
    assertThat(world.log.all().stream().map(dev.grantway.audit.ActivityRecord::entry))
        .extracting(ActivityEntry::kind, ActivityEntry::subject, e -> e.details().get("lines"))
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                ActivityKind.REVIEW_CREATED, "review " + it.id(), null),
            org.assertj.core.groups.Tuple.tuple(
                ActivityKind.REVIEW_ANSWERED, "review " + it.id(), "3"),
            org.assertj.core.groups.Tuple.tuple(
                ActivityKind.REVIEW_ANSWERED, "review " + it.id(), "5, 6"));
    world.logFails(true);
    assertThatThrownBy(() -> all.answer(it, all.permission(it, "clerk-change"), Answer.REVOKE, ""))
        .isInstanceOf(StoreException.Unavailable.class);
    world.operators.is("olga", OperatorRight.OWNER);
    assertThatThrownBy(() -> all.reviews.create(input("clerk", "", "viewer", "keep")))
        .isInstanceOf(StoreException.Unavailable.class);
    world.logFails(false);
    assertThat(all.permission(it, "clerk-change").answer()).isEmpty();
    assertThat(all.reviews.campaigns("", 9).items()).hasSize(1);
  }

  @Test
  void whatWaitsForSomebodyIsShownToThem() {
    Campaign it = all.create(input("viewer", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    assertThat(all.reviews.waiting()).containsExactly(new ReviewService.Waiting(it, 2));
    world.operators.is("zoe", OperatorRight.VIEWER);
    assertThat(all.reviews.waiting()).isEmpty();
    world.operators.is("viewer", OperatorRight.VIEWER);
    all.reviews.keepTogether(it.id(), List.of(1, 2), 2);
    assertThat(all.reviews.waiting()).isEmpty();
  }

  /** 12,000 permissions of 120 roles: pages are cut, and no more than a page is read for one. */
  @Test
  void manyLinesComeInPages() {
    var changes = new ArrayList<Change>();
    for (int r = 0; r < 120; r++) {
      var role = new RoleName("big-" + r);
      changes.add(
          Change.add(new PolicyRow.OfRole(new Role(role.value(), role, "", "", new TreeSet<>()))));
      for (int p = 0; p < 100; p++) {
        changes.add(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission(role.value(), "b-" + r + "-" + p, "GET", "/reports/" + p))));
      }
    }
    world.behind(changes.toArray(Change[]::new));
    var largest = new int[1];
    Campaign it = all.create(input("", "orders", "viewer", "revoke"));
    assertThat(it.lines()).isGreaterThan(12_000);
    world.operators.is("viewer", OperatorRight.VIEWER);
    var seen = new HashSet<Integer>();
    int from = 1;
    do {
      Queue page = all.reviews.queue(it.id(), QueueFilter.NONE, from, 500).orElseThrow();
      largest[0] = Math.max(largest[0], page.lines().size());
      page.lines().forEach(line -> assertThat(seen.add(line.line().number())).isTrue());
      from = page.next();
    } while (from > 0);
    assertThat(seen).hasSize(it.lines());
    assertThat(largest[0]).isEqualTo(500);
    Queue none =
        all.reviews.queue(it.id(), new QueueFilter(false, true, false), 1_000, 50).orElseThrow();
    assertThat(none.next() == 0 ? it.lines() : none.next())
        .as("a filter that takes few is not looked for for ever")
        .isBetween(1_000, 1_000 + ReviewService.LOOKED_THROUGH + 200);
    world.clock.advance(Duration.ofDays(60));
    world.operators.is("olga", OperatorRight.OWNER);
    var closed = (CloseResult.Done) all.closing.close(it.id(), AsSeen.WHATEVER);
    assertThat(closed.closed().counts().lines()).isEqualTo(it.lines());
    assertThat(closed.closed().counts().revoked()).isGreaterThan(12_000);
  }

  @Test
  void anUnknownCampaignIsNone() {
    world.operators.is("viewer", OperatorRight.VIEWER);
    for (String id : List.of("", "x", "20261127-034221-007-0000000000000000", "#")) {
      assertThat(all.reviews.campaign(id)).isEmpty();
      assertThat(all.reviews.queue(id, QueueFilter.NONE, 1, 10)).isEmpty();
      assertThat(code(all.reviews.answer(id, new AnswerInput(1, 0, Answer.KEEP, "", null))))
          .isEqualTo("review-unknown");
    }
    Campaign it = all.create(input("viewer", "", "viewer", "keep"));
    world.operators.is("viewer", OperatorRight.VIEWER);
    for (int line : List.of(0, -1, 3)) {
      assertThat(code(all.reviews.answer(it.id(), new AnswerInput(line, 0, Answer.KEEP, "", null))))
          .isEqualTo("review-line");
    }
    var long1 = new AnswerInput(1, 0, Answer.KEEP, "x".repeat(1_001), null);
    assertThat(code(all.reviews.answer(it.id(), long1))).isEqualTo("long-text");
  }
}
