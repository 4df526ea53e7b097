package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.api;
import static dev.grantway.store.dynamodb.SamplePolicy.publication;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.store.AsOf;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random publications of every kind of row against the table and against memory, with publishers
 * that die between them: same refusals, same policy, at head and as of every revision.
 */
class DifferentialTest {
  private static final int STEPS = 80;
  private static final List<ApiId> APIS = RandomEdits.APIS;
  private static final int NAMES = RandomEdits.NAMES;

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final InMemoryPolicy memory = InMemoryPolicy.of(Policy.EMPTY, clock);
  private final SortedMap<Long, Policy> policies = new TreeMap<>();
  private final SortedMap<Long, Instant> instants = new TreeMap<>();
  private final Map<String, List<Change>> drafts = new HashMap<>();
  private String lastHash = Revision.NO_HASH;
  private Random random = new Random();

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void theTableMeansWhatMemoryMeans() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("DifferentialTest seed " + seed);
    random = new Random(seed);
    var edits = new RandomEdits(random);
    policies.put(0L, Policy.EMPTY);
    begin();
    int published = 0;
    int refused = 0;
    int died = 0;
    for (int step = 0; step < STEPS; step++) {
      List<Change> changes = edits.changes(memory.live());
      if (changes.isEmpty()) {
        continue;
      }
      if (random.nextInt(5) == 0 && dies(changes)) {
        died++;
        continue;
      }
      clock.move(Duration.ofMillis(random.nextInt(2000) - 500));
      PublishResult inMemory = memory.publish(publication(memory, changes));
      PublishResult inTable = repository.publish(publication(repository, changes));
      switch (inMemory) {
        case PublishResult.Published it -> {
          published++;
          assertThat(inTable).as("step " + step).isInstanceOf(PublishResult.Published.class);
          remember();
        }
        case PublishResult.Refused(var findings) -> {
          refused++;
          assertThat(inTable).as("step " + step).isInstanceOf(PublishResult.Refused.class);
          assertThat(codes((PublishResult.Refused) inTable))
              .isEqualTo(codes(new PublishResult.Refused(findings)));
        }
        case PublishResult.Conflict it -> throw new AssertionError("step " + step + ": " + it);
      }
      sameAtHead();
    }
    assertThat(published).isGreaterThan(10);
    System.out.println(
        "DifferentialTest: "
            + published
            + " published, "
            + refused
            + " refused, "
            + died
            + " died");
    sameAsOf();
    repository.sweep();
    clock.move(Duration.ofHours(30));
    repository.sweep();
    sameAsOf();
    clocksNeverGoBack();
  }

  private void begin() {
    List<Change> changes = RandomEdits.frame();
    assertThat(memory.publish(publication(memory, changes)))
        .isInstanceOf(PublishResult.Published.class);
    SamplePolicy.publish(repository, changes);
    remember();
  }

  private static Set<String> codes(PublishResult.Refused refused) {
    var codes = new TreeSet<String>();
    refused.findings().stream().map(Refusal::code).forEach(codes::add);
    return codes;
  }

  /** Publishers may die one after the other, and the first of them be completed by the second. */
  private boolean dies(List<Change> changes) {
    String draft = "draft-" + drafts.size();
    drafts.put(draft, changes);
    AsOf base = repository.live();
    try {
      table
          .repository(clock, Crash.before(1 + random.nextInt(12)))
          .publish(
              new Publication(
                  changes, base.revision(), base.hash(), "ana", List.of(), "because", draft));
    } catch (Crash expected) {
      if (random.nextBoolean()) {
        clock.move(Duration.ofMinutes(16));
      }
      repository.recover();
      if (repository.head().hash().equals(lastHash)) {
        return true;
      }
    }
    Head head = repository.head();
    if (head.hash().equals(lastHash)) {
      return false;
    }
    String winner = repository.revision(head.revision()).orElseThrow().draft();
    PublishResult late =
        memory.publish(publication(memory, Objects.requireNonNull(drafts.get(winner))));
    assertThat(late).isInstanceOf(PublishResult.Published.class);
    remember();
    sameAtHead();
    return true;
  }

  private void remember() {
    Head head = repository.head();
    lastHash = head.hash();
    policies.put(head.revision(), memory.live().policy());
    instants.put(head.revision(), head.at());
  }

  /** Every read port against the whole policy in memory. */
  private void sameAtHead() {
    Policy expected = memory.live().policy();
    AsOf live = repository.live();
    assertThat(PolicyRows.diff(expected, live.policy())).as("at head").isEmpty();
    PolicyReader reader = table.reader();
    Head head = reader.head();
    for (int r = 0; r < NAMES; r++) {
      for (ApiId api : APIS) {
        decides(reader, head, new RoleName("r" + r), api, expected);
      }
    }
    directory(live, reader, head, expected);
    for (Api api : expected.apis()) {
      assertThat(reader.api(api.id(), head).value()).contains(api);
    }
    for (Assignment it : expected.assignments()) {
      assertThat(assignments(reader, head, it)).contains(it);
    }
    assertThat(live.rules()).isEqualTo(memory.live().rules());
    assertThat(live.tests()).isEqualTo(memory.live().tests());
    together(live, expected);
    for (Permission permission : expected.permissions()) {
      assertThat(live.permission(permission.id()).orElseThrow().permission()).isEqualTo(permission);
    }
  }

  /** Permissions of all roles at once are those of one role after the other. */
  private static void together(AsOf live, Policy expected) {
    var names = new ArrayList<>(List.of(RoleName.AUTHENTICATED, new RoleName("nobody")));
    for (int r = 0; r < NAMES; r++) {
      names.add(new RoleName("r" + r));
    }
    for (ApiId api : APIS) {
      var each = new TreeMap<RoleName, Set<Permission>>();
      for (Permission permission : expected.permissions()) {
        if (permission.api().equals(api)) {
          each.computeIfAbsent(permission.role(), role -> new HashSet<>()).add(permission);
        }
      }
      var found = new TreeMap<RoleName, Set<Permission>>();
      live.permissions(names, api)
          .forEach(
              (role, rows) ->
                  rows.forEach(
                      row ->
                          found
                              .computeIfAbsent(role, it -> new HashSet<>())
                              .add(row.permission())));
      assertThat(found).as("all roles in " + api).isEqualTo(each);
    }
  }

  /** What an authorizer puts together from slices is what the whole policy says. */
  private static void decides(
      PolicyReader reader, Head head, RoleName role, ApiId api, Policy expected) {
    if (expected.role(role).isEmpty()) {
      assertThat(reader.slice(role, api, head).value().map(Slice::permissions).orElse(List.of()))
          .as("a role that is gone")
          .isEmpty();
      return;
    }
    var found = new HashSet<Permission>();
    Bundle<Slice> own = reader.slice(role, api, head);
    own.value()
        .ifPresent(
            slice -> {
              found.addAll(slice.permissions());
              for (RoleName inherited : slice.closure()) {
                reader
                    .slice(inherited, api, head)
                    .value()
                    .ifPresent(other -> found.addAll(other.permissions()));
              }
            });
    assertThat(found)
        .as(role + " in " + api + " at " + head.revision())
        .isEqualTo(Set.copyOf(expected.permissionsOf(List.of(role), api)));
  }

  private static List<Assignment> assignments(PolicyReader reader, Head head, Assignment it) {
    var bundle =
        switch (it.kind()) {
          case SUBJECT -> reader.subjects(it.issuer(), it.value(), head);
          case CLIENT -> reader.clients(it.issuer(), head);
          case GROUP -> reader.groups(it.issuer(), head);
        };
    return bundle.value().orElseThrow().of(it.value());
  }

  private static void directory(AsOf live, PolicyReader reader, Head head, Policy expected) {
    for (RoleEntry entry : live.roles("", 1000).items()) {
      for (ApiId api : APIS) {
        RoleName role = entry.role().name();
        Bundle<Slice> slice = reader.slice(role, api, head);
        if (entry.reach().contains(api)) {
          assertThat(slice.value()).as(role + " reaches " + api).isPresent();
          var closure = new TreeSet<>(expected.graph().closure(List.of(role)));
          closure.remove(role);
          assertThat(slice.value().orElseThrow().closure()).isEqualTo(closure);
        }
      }
    }
  }

  private void sameAsOf() {
    policies.forEach(
        (revision, policy) -> {
          AsOf then = repository.asOf(revision).orElseThrow();
          assertThat(PolicyRows.diff(policy, then.policy())).as("as of " + revision).isEmpty();
        });
  }

  private void clocksNeverGoBack() {
    Instant last = Instant.EPOCH;
    for (Map.Entry<Long, Instant> entry : instants.entrySet()) {
      assertThat(entry.getValue()).isAfter(last);
      last = entry.getValue();
      assertThat(repository.asOf(last).orElseThrow().revision()).isEqualTo(entry.getKey());
      assertThat(repository.asOf(last.minusMillis(1)).map(AsOf::revision).orElse(0L))
          .isLessThan(entry.getKey());
    }
    assertThat(repository.asOf(Instant.EPOCH)).isEmpty();
    Instant ahead = clock.instant().plusMillis(1);
    for (PolicyRepository each : List.of(repository, memory)) {
      assertThatThrownBy(() -> each.asOf(ahead))
          .isInstanceOf(StoreException.NotYet.class)
          .hasMessageContaining("`" + ahead + "` has not come yet");
    }
  }
}
