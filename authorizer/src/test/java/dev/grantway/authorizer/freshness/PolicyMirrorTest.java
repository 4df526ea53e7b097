package dev.grantway.authorizer.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.authorizer.Policies;
import dev.grantway.authorizer.TestClock;
import dev.grantway.authorizer.TestPolicy;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.LiveRevocations;
import dev.grantway.store.Revocation;
import dev.grantway.store.Revocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance reads, keeps and serves (MODEL section 5, REV-08, SEM-12). */
@Timeout(60)
class PolicyMirrorTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final Duration STALE_LIMIT = Duration.ofMinutes(5);

  private final TestClock clock = new TestClock();
  private final TestPolicy policy = new TestPolicy(Policies.orders().policy(), clock);
  private final PolicyMirror mirror = new PolicyMirror(policy, clock, MAX_AGE, STALE_LIMIT);

  private static Needs needs(String subject, String... roles) {
    return new Needs(
        Policies.ORDERS,
        "corp",
        Optional.of(subject),
        Optional.of("web"),
        Set.of("staff"),
        Arrays.stream(roles).map(RoleName::new).collect(Collectors.toSet()));
  }

  private PolicyView view(String subject, String... roles) {
    try {
      return mirror.view(needs(subject, roles));
    } catch (PolicyUnavailableException e) {
      throw new AssertionError(e.code(), e);
    }
  }

  private void assertUnavailable(String code, String subject, String... roles) {
    assertThatThrownBy(() -> mirror.view(needs(subject, roles)))
        .isInstanceOfSatisfying(
            PolicyUnavailableException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Set<String> reads(String subject, String... roles) {
    return policy.readsSince(() -> view(subject, roles));
  }

  private static List<String> ids(PolicyView view) {
    return view.permissions().stream().map(Permission::id).map(Object::toString).sorted().toList();
  }

  private static Policy with(Policies more) {
    return more.policy();
  }

  @Test
  void freshAndWarmReadsNothing() {
    assertThat(reads("alice", "viewer"))
        .containsExactlyInAnyOrder(
            "head", "api", "subjects", "clients", "groups", "slice viewer", "slice authenticated");
    assertThat(reads("alice", "viewer")).isEmpty();
    clock.advance(MAX_AGE);
    assertThat(reads("alice", "viewer")).isEmpty();
  }

  @Test
  void headAloneIsReadWhenItIsTooOldAndNothingMoved() {
    view("alice", "viewer");
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(reads("alice", "viewer")).containsExactly("head");
    assertThat(reads("alice", "viewer")).isEmpty();
  }

  @Test
  void readBegunAheadIsTheOneOfItsCall() {
    view("alice", "viewer");
    clock.advance(MAX_AGE.plusMillis(1));
    policy.reads.clear();
    var view = viewAhead(mirror.ahead(), "alice", "viewer");
    assertThat(policy.reads).containsExactly("head");
    assertThat(view.reads()).isEqualTo(1);
    assertThat(mirror.ahead()).as("head is fresh").isEqualTo(HeadRead.NONE);
    assertThat(viewAhead(HeadRead.NONE, "alice", "viewer").reads()).isZero();
  }

  @Test
  void firstReadOfAllCanBeginAheadToo() {
    var view = viewAhead(mirror.ahead(), "alice", "viewer");
    assertThat(ids(view)).containsExactly("view", "view-one");
    assertThat(policy.reads).containsOnlyOnce("head");
  }

  @Test
  void strangersCauseOneReadInMaxAgeWhateverBecomesOfIt() {
    policy.down = true;
    for (int i = 0; i < 100; i++) {
      mirror.ahead().read().ifPresent(read -> assertThat(read).failsWithin(MAX_AGE));
      clock.advance(MAX_AGE.dividedBy(100));
    }
    assertThat(policy.reads).containsExactly("head");
    mirror.ahead().read().ifPresent(read -> assertThat(read).failsWithin(MAX_AGE));
    assertThat(policy.reads).containsExactly("head", "head");
  }

  @Test
  void strangersHaveABoundWhereHeadIsAskedForAtEveryCall() {
    var always = new PolicyMirror(policy, clock, Duration.ZERO, STALE_LIMIT);
    for (int i = 0; i < 100; i++) {
      always.ahead().read().ifPresent(read -> assertThat(read).succeedsWithin(MAX_AGE));
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(policy.reads).containsExactly("head");
  }

  @Test
  void readAheadThatFailedIsNotRepeatedForItsCall() {
    view("alice", "viewer");
    policy.down = true;
    clock.advance(MAX_AGE.plusMillis(1));
    policy.reads.clear();
    assertThat(viewAhead(mirror.ahead(), "alice", "viewer").stale()).isTrue();
    assertThat(policy.reads).containsExactly("head");
  }

  private PolicyView viewAhead(HeadRead ahead, String subject, String... roles) {
    try {
      return mirror.view(needs(subject, roles), ahead);
    } catch (PolicyUnavailableException e) {
      throw new AssertionError(e.code(), e);
    }
  }

  @Test
  void missWithAnOldHeadGoesOutBesideIt() {
    view("alice", "viewer");
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(reads("bob", "auditor"))
        .containsExactlyInAnyOrder("head", "subjects", "slice auditor");
  }

  @Test
  void inheritedRolesTakeOneMoreRound() {
    assertThat(ids(view("alice", "clerk"))).containsExactly("sell", "view", "view-one");
    var view = view("alice", "clerk");
    assertThat(view.effective()).extracting(RoleName::value).contains("clerk", "viewer");
    assertThat(view.known()).extracting(RoleName::value).containsExactly("clerk");
  }

  @Test
  void publishedChangeIsSeenWithinMaxAgeAndOnlyItsSliceIsReadAgain() {
    view("alice", "viewer", "auditor");
    policy.publishSlice(with(Policies.orders().allow("more", "viewer", "GET", "/")), "viewer");
    assertThat(ids(view("alice", "viewer"))).doesNotContain("more");
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(reads("alice", "viewer", "auditor"))
        .containsExactlyInAnyOrder("head", "slice viewer");
    assertThat(ids(view("alice", "viewer"))).contains("more");
    assertThat(view("alice", "viewer").revision()).isEqualTo(2);
  }

  @Test
  void absentRolesAreRememberedAsAbsent() {
    assertThat(view("alice", "ghost").known()).isEmpty();
    assertThat(reads("alice", "ghost")).isEmpty();
    policy.publish(with(Policies.orders().role("ghost").allow("boo", "ghost", "GET", "/")));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(ids(view("alice", "ghost"))).containsExactly("boo");
  }

  @Test
  void rolesComeFromAssignmentsToSubjectClientAndGroup() {
    var until = TestClock.START.plusSeconds(600);
    policy.publish(
        with(
            Policies.orders()
                .assign(assignment("clerk", Assignment.Kind.SUBJECT, "alice", until))
                .assign(assignment("auditor", Assignment.Kind.CLIENT, "web", null))
                .assign(assignment("support", Assignment.Kind.GROUP, "staff", until))));
    var view = view("alice");
    assertThat(ids(view)).containsExactly("audit", "no-refunds", "sell", "view", "view-one");
    assertThat(view.roleEnds())
        .isEqualTo(
            Map.of(
                new RoleName("clerk"), until,
                new RoleName("support"), until,
                new RoleName("viewer"), until));
    assertThat(ids(view("bob"))).containsExactly("audit", "no-refunds", "view", "view-one");
    clock.advance(Duration.ofSeconds(600));
    assertThat(ids(view("alice"))).containsExactly("audit");
  }

  @Test
  void whatRolesComeToIsSharedByCallersWhileNothingChanges() {
    view("alice", "viewer");
    var held = view("alice", "viewer").holdings();
    assertThat(view("bob", "viewer").holdings()).as("read for bob").isNotSameAs(held);
    held = view("alice", "viewer").holdings();
    assertThat(view("bob", "viewer").holdings()).isSameAs(held);
    assertThat(view("bob", "viewer", "clerk").holdings()).isNotSameAs(held);
    policy.publish(with(Policies.orders().allow("more", "viewer", "GET", "/")));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(ids(view("bob", "viewer"))).contains("more");
    assertThat(ids(view("alice", "viewer"))).contains("more");
  }

  @Test
  void callerWhoIsGivenARoleForATimeSharesWhatItComesToAndStillLosesIt() {
    var until = TestClock.START.plusSeconds(3);
    policy.publish(
        with(
            Policies.orders()
                .assign(assignment("clerk", Assignment.Kind.SUBJECT, "alice", until))));
    view("alice");
    view("bob", "clerk");
    var alice = view("alice");
    assertThat(ids(alice)).isEqualTo(ids(view("bob", "clerk"))).isNotEmpty();
    assertThat(alice.roleEnds()).containsKey(new RoleName("clerk"));
    assertThat(view("bob", "clerk").roleEnds()).isEmpty();
    clock.advance(Duration.ofSeconds(3));
    assertThat(reads("alice")).as("head has not moved").isEmpty();
    assertThat(ids(view("alice"))).isEmpty();
    assertThat(ids(view("bob", "clerk"))).isNotEmpty();
  }

  @Test
  void roleFromTheTokenDoesNotEndWithItsAssignment() {
    var until = TestClock.START.plusSeconds(600);
    policy.publish(
        with(
            Policies.orders()
                .assign(assignment("clerk", Assignment.Kind.SUBJECT, "alice", until))));
    assertThat(view("alice", "viewer").roleEnds()).containsOnlyKeys(new RoleName("clerk"));
  }

  private static Assignment assignment(
      String role,
      Assignment.Kind kind,
      String value,
      @org.jspecify.annotations.Nullable Instant until) {
    return new Assignment(new RoleName(role), "corp", kind, value, until);
  }

  @Test
  void outageServesWhatIsHeldCompleteForTheStaleLimitAndNoLonger() {
    assertThat(view("alice", "viewer").stale()).isFalse();
    policy.down = true;
    clock.advance(STALE_LIMIT);
    var view = view("alice", "viewer");
    assertThat(view.stale()).isTrue();
    assertThat(view.liveAt()).isEqualTo(TestClock.START);
    assertThat(ids(view)).containsExactly("view", "view-one");
    assertUnavailable("policy-unavailable", "bob", "viewer");
    assertUnavailable("policy-unavailable", "alice", "auditor");
    clock.advance(Duration.ofMillis(1));
    assertUnavailable("policy-unavailable", "alice", "viewer");
    assertThat(mirror.lastLive()).contains(TestClock.START);
    policy.down = false;
    var again = view("alice", "viewer");
    assertThat(again.stale()).isFalse();
    assertThat(again.liveAt()).isEqualTo(clock.instant());
    assertThat(mirror.lastLive()).contains(clock.instant());
  }

  @Test
  void rolesOfAStaleViewEndWithItsLimitWhereItLiesWithinReach() {
    var own = TestClock.START.plusSeconds(200);
    policy.publish(
        with(Policies.orders().assign(assignment("clerk", Assignment.Kind.SUBJECT, "alice", own))));
    view("alice", "auditor");
    policy.down = true;
    clock.advance(MAX_AGE.plusMillis(1));
    var view = view("alice", "auditor");
    var limit = TestClock.START.plus(STALE_LIMIT);
    assertThat(view.staleUntil()).contains(limit);
    assertThat(view.roleEnds(limit.minusMillis(1))).isEqualTo(view.roleEnds());
    assertThat(view.roleEnds(limit))
        .isEqualTo(
            Map.of(
                new RoleName("auditor"), limit,
                new RoleName("authenticated"), limit,
                new RoleName("clerk"), own,
                new RoleName("viewer"), own));
  }

  @Test
  void nothingHeldMeansUnavailable() {
    policy.down = true;
    assertUnavailable("policy-unavailable", "alice", "viewer");
  }

  @Test
  void tornSliceStopsOnlyPrincipalsThatHoldItsRole() {
    policy.torn.put(new RoleName("viewer"), 1L);
    assertUnavailable("policy-torn", "alice", "viewer");
    assertUnavailable("policy-torn", "alice", "clerk");
    assertUnavailable("policy-torn", "alice", "auditor", "support");
    assertThat(ids(view("alice", "auditor"))).containsExactly("audit");
  }

  @Test
  void tornAtALaterRevisionServesTheEarlierOneForTheStaleLimit() {
    assertThat(ids(view("alice", "clerk"))).containsExactly("sell", "view", "view-one");
    policy.publish(
        with(
            Policies.orders()
                .deny("stop", "viewer", "GET", "/orders")
                .allow("extra", "clerk", "GET", "/")));
    policy.torn.put(new RoleName("viewer"), 2L);
    clock.advance(MAX_AGE.plusMillis(1));
    var view = view("alice", "clerk");
    assertThat(view.revision()).isEqualTo(1);
    assertThat(view.stale()).isTrue();
    assertThat(view.liveAt()).as("of the revision that serves").isEqualTo(TestClock.START);
    assertThat(ids(view))
        .as("of one revision, not mixed")
        .containsExactly("sell", "view", "view-one");
    assertThat(view("alice", "auditor").revision()).isEqualTo(2);
    clock.advance(STALE_LIMIT);
    assertUnavailable("policy-torn", "alice", "clerk");
    policy.torn.clear();
    assertThat(ids(view("alice", "clerk"))).contains("stop", "extra");
  }

  @Test
  void restoredTableIsReadAnew() {
    policy.publish(with(Policies.orders().allow("more", "viewer", "GET", "/")));
    assertThat(ids(view("alice", "viewer"))).contains("more");
    policy.restore(with(Policies.orders().allow("other", "viewer", "GET", "/")));
    clock.advance(MAX_AGE.plusMillis(1));
    var view = view("alice", "viewer");
    assertThat(view.revision()).isEqualTo(1);
    assertThat(ids(view)).contains("other").doesNotContain("more");
  }

  @Test
  void restoredTableThatStandsAtTheSameNumberIsReadAnewToo() {
    assertThat(ids(view("alice", "viewer"))).contains("view");
    policy.restoreUnmarked(with(Policies.orders().deny("stop", "viewer", "GET", "/orders")));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(view("alice", "viewer").revision()).isEqualTo(1);
    assertThat(ids(view("alice", "viewer"))).contains("stop");
    policy.down = true;
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(ids(view("alice", "viewer"))).as("nor is the old one served stale").contains("stop");
  }

  @Test
  void revocationsAreReadWhenTheirEpochMovedAndNotBefore() {
    view("alice", "viewer");
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-1"));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(reads("alice", "viewer")).containsExactlyInAnyOrder("head", "revocations");
    assertThat(covered(Kind.TOKEN_ID, "t-1")).isTrue();
    assertThat(covered(Kind.TOKEN_ID, "t-2")).isFalse();
    assertThat(covered(Kind.SESSION, "t-1")).isFalse();
    policy.revoke(revocation(false, Kind.TOKEN_ID, "t-1"));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(covered(Kind.TOKEN_ID, "t-1")).isFalse();
  }

  @Test
  void epochOfATableBeforeItWasRestoredHidesNoLaterRevocation() {
    view("alice", "viewer");
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-1"));
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-2"));
    policy.revocationsDown = true;
    clock.advance(MAX_AGE.plusMillis(1));
    assertUnavailable("policy-unavailable", "alice", "viewer");
    policy.restore(with(Policies.orders().allow("other", "viewer", "GET", "/")));
    policy.revocationsDown = false;
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(covered(Kind.TOKEN_ID, "t-1")).isFalse();
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-3"));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(covered(Kind.TOKEN_ID, "t-3")).isTrue();
  }

  @Test
  void whatWasBeingReadWhenAnotherCallFoundTheTableRestoredIsNotTakenIn() throws Exception {
    view("alice", "viewer");
    Thread other = Thread.ofPlatform().unstarted(() -> view("bob", "viewer"));
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-1"));
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-2"));
    clock.advance(MAX_AGE.plusMillis(1));
    policy.duringRevocations.set(
        () -> {
          policy.restore(with(Policies.orders().allow("other", "viewer", "GET", "/")));
          clock.advance(MAX_AGE.plusMillis(1));
          other.start();
          while (mirror.restores() == 0) {
            Thread.onSpinWait();
          }
        });
    assertThat(ids(view("alice", "viewer"))).contains("other");
    other.join();
    policy.revoke(revocation(true, Kind.TOKEN_ID, "t-9"));
    clock.advance(MAX_AGE.plusMillis(1));
    assertThat(covered(Kind.TOKEN_ID, "t-9")).as("revoked in the restored table").isTrue();
  }

  @Test
  void subjectIsRevokedForTokensIssuedBefore() {
    policy.revoke(revocation(true, Kind.SUBJECT, "alice"));
    var revocations = view("alice", "viewer").revocations();
    var now = clock.instant();
    assertThat(revocations.refuse(token("corp", "alice", now.minusSeconds(1)), now)).isTrue();
    assertThat(revocations.refuse(token("corp", "alice", now), now)).isFalse();
    assertThat(revocations.refuse(token("other", "alice", now.minusSeconds(1)), now)).isFalse();
  }

  private static LiveRevocations.Token token(String issuer, String subject, Instant issuedAt) {
    return new LiveRevocations.Token(
        issuer,
        Optional.empty(),
        Optional.of(subject),
        Optional.empty(),
        Optional.empty(),
        issuedAt);
  }

  private boolean covered(Kind kind, String value) {
    var now = clock.instant();
    var token =
        new LiveRevocations.Token(
            "corp",
            Optional.of(value).filter(it -> kind == Kind.TOKEN_ID),
            Optional.of(value).filter(it -> kind == Kind.SUBJECT),
            Optional.of(value).filter(it -> kind == Kind.CLIENT),
            Optional.of(value).filter(it -> kind == Kind.SESSION),
            now.minusSeconds(60));
    return view("alice", "viewer").revocations().refuse(token, now);
  }

  private static Revocation revocation(boolean added, Kind kind, String value) {
    var at = TestClock.START;
    return new Revocation(
        0, added, kind, "corp", value, at, at.plusSeconds(86_400), "olga", at, "lost laptop");
  }

  @Test
  void sameReadAskedByManyAtOnceIsOne() throws Exception {
    view("warm", "viewer");
    policy.reads.clear();
    var asking = new CountDownLatch(200);
    policy.duringReads = () -> await(asking);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PolicyView>> views =
          IntStream.range(0, 200)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            asking.countDown();
                            return view("alice", "clerk", "auditor");
                          }))
              .toList();
      for (var each : views) {
        assertThat(ids(each.get())).containsExactly("audit", "sell", "view", "view-one");
      }
    }
    assertThat(policy.reads).doesNotHaveDuplicates();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
      // Whoever has counted is about to ask, and has not yet.
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
