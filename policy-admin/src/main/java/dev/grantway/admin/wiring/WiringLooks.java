package dev.grantway.admin.wiring;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.ApiFindings;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.audit.ActivityKind;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import dev.grantway.store.WiredStage;
import dev.grantway.store.WiredStages;
import dev.grantway.store.WiringCheck;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.Declared;
import dev.grantway.wiring.StageReading;
import dev.grantway.wiring.StageWiring;
import dev.grantway.wiring.Wiring;
import dev.grantway.wiring.WiringFacts;
import dev.grantway.wiring.WiringFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at how connected stages are wired, judges it and keeps what was found. What cannot be read
 * leaves the findings of the last look standing, and says so: it never counts as well.
 */
@Component
class WiringLooks {
  /** One look, with every call that it makes, ends before. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private static final int ATTEMPTS = 3;
  private static final String DRIFT = "drift-";
  private static final Logger LOG = LoggerFactory.getLogger(WiringLooks.class);

  private final PolicyRepository repository;
  private final WiringReader reader;
  private final WiringSettings settings;
  private final Activity activity;
  private final Clock clock;

  WiringLooks(
      PolicyRepository repository,
      WiringReader reader,
      WiringSettings settings,
      Activity activity,
      Clock clock) {
    this.repository = repository;
    this.reader = reader;
    this.settings = settings;
    this.activity = activity;
    this.clock = clock;
  }

  Duration every() {
    return settings.every();
  }

  /** Looks at every connected stage that is due and whose turn no other process has. */
  void lookWhereDue() {
    if (settings.every().isZero()) {
      return;
    }
    WiredStages stages = repository.wiredStages();
    var beats = new Beats(repository);
    for (WiredStage stage : stages.all()) {
      Instant now = clock.instant();
      try {
        Optional<WiringCheck> before = stages.check(stage.api(), stage.stage());
        if (before.filter(it -> now.isBefore(it.at().plus(settings.every()))).isEmpty()
            && stages.takeTurn(stage.api(), stage.stage(), now, now.plus(turn()))) {
          look(stage, beats);
        }
      } catch (RuntimeException failure) {
        LOG.warn(
            "the wiring of {}/{} is looked at later: {}",
            stage.api(),
            stage.stage(),
            failure.getMessage());
      }
    }
  }

  /** No longer than until it is due again. */
  private Duration turn() {
    return settings.every().compareTo(LONGEST) < 0 ? settings.every() : LONGEST;
  }

  /**
   * Looks now, and keeps what was found. Where somebody else looked or took it for right meanwhile,
   * it is looked at again by that; where it was disconnected, or connected otherwise, nothing is
   * kept.
   */
  WiringCheck look(WiredStage stage) {
    return look(stage, new Beats(repository));
  }

  /** Of all instances, read when first asked for: once for all stages of a round. */
  private static final class Beats {
    private final PolicyRepository repository;
    private @Nullable List<Heartbeat> all;

    Beats(PolicyRepository repository) {
      this.repository = repository;
    }

    List<Heartbeat> of(WiredStage stage) {
      List<Heartbeat> read = all;
      if (read == null) {
        read = repository.heartbeats();
        all = read;
      }
      return read.stream()
          .filter(it -> it.api().equals(stage.api().value()))
          .filter(it -> it.stage().equals(stage.stage()))
          .toList();
    }
  }

  private WiringCheck look(WiredStage stage, Beats beats) {
    WiredStages stages = repository.wiredStages();
    for (int i = 1; ; i++) {
      Optional<WiredStages.Kept> kept = stages.kept(stage.api(), stage.stage());
      Optional<WiringCheck> before = kept.map(WiredStages.Kept::check);
      WiringCheck found = check(stage, before, beats);
      if (!stages.find(stage.api(), stage.stage()).equals(Optional.of(stage))) {
        return found;
      }
      boolean isKept =
          kept.map(it -> stages.keepAfter(stage.api(), stage.stage(), it, found))
              .orElseGet(() -> stages.keepFirst(stage.api(), stage.stage(), found));
      if (isKept) {
        noteDrift(stage, before.map(WiringLooks::drifted).orElse(Set.of()), drifted(found));
        return found;
      }
      if (i == ATTEMPTS) {
        throw new StoreException.Unavailable(
            "others look at it all the time: what they find is kept, look again later", null);
      }
    }
  }

  /**
   * The same facts taken for right from now on.
   *
   * @return false where a look has found something since: then nothing is done
   */
  boolean accept(WiredStage stage, WiredStages.Kept seen) {
    WiringCheck check = seen.check();
    var accepted =
        new WiringCheck(
            check.at(),
            check.problem(),
            check.facts(),
            check.read(),
            check.facts(),
            check.found().stream().filter(it -> !isDrift(it)).toList());
    return repository.wiredStages().keepAfter(stage.api(), stage.stage(), seen, accepted);
  }

  private static boolean isDrift(WiringCheck.Found found) {
    return found.fault().code().startsWith(DRIFT);
  }

  private static Set<String> drifted(WiringCheck check) {
    return check.found().stream()
        .filter(WiringLooks::isDrift)
        .map(it -> it.fault().code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void noteDrift(WiredStage stage, Set<String> before, Set<String> now) {
    note(stage, "found", now, before);
    note(stage, "ended", before, now);
  }

  private void note(WiredStage stage, String what, Set<String> these, Set<String> butThose) {
    var news = new TreeSet<>(these);
    news.removeAll(butThose);
    if (!news.isEmpty()) {
      activity.note(
          Activity.SYSTEM,
          ActivityKind.WIRING_DRIFT,
          stage.api() + "/" + stage.stage(),
          Map.of(what, String.join(" ", news)));
    }
  }

  private WiringCheck check(WiredStage stage, Optional<WiringCheck> before, Beats of) {
    var copy = new WorkingCopy(repository.live(), List.of());
    Optional<Api> api = copy.api(stage.api());
    if (api.filter(it -> it.stages().contains(stage.stage())).isEmpty()) {
      return unread(
          before,
          "the policy has no API `"
              + stage.api()
              + "` with a stage `"
              + stage.stage()
              + "` any more: disconnect it, `DELETE /api/v1/wiring/"
              + stage.api()
              + "/"
              + stage.stage()
              + "`");
    }
    Policy policy = ApiFindings.policy(copy, stage.api()).orElseThrow();
    try {
      StageReading reading = reader.read(stage, api.get().type());
      return judged(stage, policy, api.get(), reading, before, of.of(stage));
    } catch (WiringReader.Unreadable problem) {
      return unread(before, String.valueOf(problem.getMessage()));
    } catch (RuntimeException failure) {
      LOG.warn("the wiring of {}/{} cannot be judged", stage.api(), stage.stage(), failure);
      return unread(
          before, "it could not be judged, and the app's log says why: " + failure.getMessage());
    }
  }

  private WiringCheck unread(Optional<WiringCheck> before, String problem) {
    return before
        .map(
            it ->
                new WiringCheck(
                    clock.instant(), problem, it.facts(), it.read(), it.accepted(), it.found()))
        .orElseGet(
            () ->
                new WiringCheck(
                    clock.instant(),
                    problem,
                    new TreeMap<>(),
                    Instant.EPOCH,
                    new TreeMap<>(),
                    List.of()));
  }

  private WiringCheck judged(
      WiredStage stage,
      Policy policy,
      Api api,
      StageReading reading,
      Optional<WiringCheck> before,
      List<Heartbeat> beats) {
    Instant now = clock.instant();
    Optional<AttachedAuthorizer> ours = reading.authorizer(stage.authorizer());
    Set<Declared> told = told(stage, ours, beats);
    var facts = WiringFacts.of(reading, stage.authorizer());
    Optional<WiringFacts> tookForRight =
        before.map(it -> new WiringFacts(it.accepted())).filter(it -> !it.byName().isEmpty());
    WiringFacts accepted = tookForRight.map(it -> it.withResponsesOf(facts)).orElse(facts);
    var faults = new ArrayList<StageWiring.Judged>();
    facts.drift(accepted).forEach(it -> faults.add(new StageWiring.Judged(it, Optional.empty())));
    faults.addAll(
        StageWiring.judged(
            reading,
            new StageWiring.Expected(
                policy,
                api,
                stage.authorizer(),
                stage.tokenSource(),
                told,
                settings.revocationBudget(),
                bytes(beats)),
            now));
    faults.sort(Comparator.comparing(it -> it.fault().severity()));
    var remedies =
        new Remedies(
            reading,
            stage.region(),
            api.name(),
            ours,
            ours.map(it -> needed(it, stage))
                .orElse(new Declared(CacheKey.NONE, Duration.ZERO, "", false, false)),
            settings.revocationBudget(),
            accepted);
    Map<String, Instant> since = since(before);
    List<WiringCheck.Found> found =
        faults.stream()
            .map(it -> found(it, remedies, since.getOrDefault(key(it.fault()), now)))
            .toList();
    // A stage that is not deployed is nothing to take for right.
    boolean isAccepted = tookForRight.isPresent() || reading.deployed();
    return new WiringCheck(
        now, "", facts.byName(), now, isAccepted ? accepted.byName() : new TreeMap<>(), found);
  }

  private static Declared needed(AttachedAuthorizer it, WiredStage stage) {
    return Wiring.declaredFor(it.attachment(), stage.tokenSource());
  }

  private static WiringCheck.Found found(StageWiring.Judged it, Remedies remedies, Instant since) {
    Remedies.Remedy remedy = it.told().map(remedies::toldThat).orElse(remedies).of(it.fault());
    return new WiringCheck.Found(it.fault(), since, remedy.commands(), remedy.construct());
  }

  /** What is found again was found since then; other routes of the same code make no new one. */
  private static Map<String, Instant> since(Optional<WiringCheck> before) {
    return before.map(WiringCheck::found).stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(it -> key(it.fault()), WiringCheck.Found::since, (a, b) -> a));
  }

  private static String key(WiringFault fault) {
    return fault.code();
  }

  /** What instances do not tell is taken to be as the API asks it. */
  private static Set<Declared> told(
      WiredStage stage, Optional<AttachedAuthorizer> ours, Collection<Heartbeat> beats) {
    boolean simple = ours.filter(it -> it.attachment().simple()).isPresent();
    boolean fence = ours.filter(it -> it.attachment().resourcePolicy()).isPresent();
    var told = new LinkedHashSet<Declared>();
    for (Heartbeat beat : beats) {
      Heartbeat.Told said =
          beat.told().orElse(new Heartbeat.Told(stage.tokenSource(), simple, fence));
      told.add(
          new Declared(
              CacheKey.parse(beat.cacheKey()),
              beat.cacheTtl(),
              said.tokenSource(),
              said.simple(),
              said.fence()));
    }
    return told;
  }

  private static int bytes(Collection<Heartbeat> beats) {
    return beats.stream()
        .mapToInt(Heartbeat::policyBytes)
        .min()
        .orElse(CompileOptions.DEFAULTS.maxBytes());
  }
}
