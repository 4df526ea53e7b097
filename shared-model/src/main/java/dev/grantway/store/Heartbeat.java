package dev.grantway.store;

import dev.grantway.analysis.DocumentAnalysis;
import dev.grantway.analysis.ServedStage;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one instance of an authorizer reports of itself for one stage, at most once a minute (MODEL
 * section 5). It names roles of the policy and nobody who holds them.
 *
 * @param instance a name that the instance drew at its start, 1 to 64 characters without {@code #}
 * @param api the API's id
 * @param stage as the ARN has it
 * @param at when
 * @param revision the one served; 0 where the instance could not read any yet
 * @param live whether the table could say that this revision is still head; where it could not, the
 *     instance serves what it holds, if anything, and no longer than its stale limit
 * @param cacheKey as {@code GRANTWAY_CACHE_KEY} has it
 * @param cacheTtl for how long API Gateway keeps answers; zero without caching
 * @param maxAge how old head may be before it is asked for again
 * @param timeout of one call, in whole seconds; zero where nobody told the instance
 * @param policyBytes the budget of a document
 * @param observeUntil until when nothing is refused, where the instance observes then
 * @param told what it was told of its API besides; older instances do not tell
 * @param roleSets the latest sets of roles that the instance saw callers with, the latest first, at
 *     most {@value #MOST_ROLE_SETS}
 */
public record Heartbeat(
    String instance,
    String api,
    String stage,
    Instant at,
    long revision,
    boolean live,
    String cacheKey,
    Duration cacheTtl,
    Duration maxAge,
    Duration timeout,
    int policyBytes,
    Optional<Instant> observeUntil,
    Optional<Told> told,
    Set<Set<RoleName>> roleSets) {
  /** An instance that was asked nothing for so long is no longer listed. */
  private static final Duration LISTED = Duration.ofMinutes(15);

  /**
   * What an instance was told of how its API asks it.
   *
   * @param tokenSource {@code GRANTWAY_TOKEN_SOURCE}
   * @param simple {@code GRANTWAY_SIMPLE_RESPONSES}
   * @param fence {@code GRANTWAY_RESOURCE_POLICY_FENCE}
   */
  public record Told(String tokenSource, boolean simple, boolean fence) {}

  /** More are not told. */
  public static final int MOST_ROLE_SETS = 200;

  public Heartbeat {
    if (instance.isEmpty() || instance.length() > 64 || instance.indexOf('#') >= 0) {
      throw new IllegalArgumentException("an instance's name needs 1 to 64 characters without `#`");
    }
    if (roleSets.size() > MOST_ROLE_SETS) {
      throw new IllegalArgumentException(
          "a heartbeat tells at most " + MOST_ROLE_SETS + " role sets, not " + roleSets.size());
    }
    roleSets = Collections.unmodifiableSet(new LinkedHashSet<>(roleSets));
  }

  /** Of an instance that does not tell how its API asks it. */
  public Heartbeat(
      String instance,
      String api,
      String stage,
      Instant at,
      long revision,
      boolean live,
      String cacheKey,
      Duration cacheTtl,
      Duration maxAge,
      Duration timeout,
      int policyBytes,
      Optional<Instant> observeUntil,
      Set<Set<RoleName>> roleSets) {
    this(
        instance,
        api,
        stage,
        at,
        revision,
        live,
        cacheKey,
        cacheTtl,
        maxAge,
        timeout,
        policyBytes,
        observeUntil,
        Optional.empty(),
        roleSets);
  }

  /**
   * How each stage is served, as its instances report it together: under the widest key and the
   * smallest budget where they differ.
   */
  public static List<ServedStage> stages(Collection<Heartbeat> beats) {
    var stages = new LinkedHashMap<List<String>, List<Heartbeat>>();
    for (Heartbeat beat : beats) {
      stages.computeIfAbsent(List.of(beat.api, beat.stage), stage -> new ArrayList<>()).add(beat);
    }
    return stages.values().stream().map(Heartbeat::together).toList();
  }

  private static ServedStage together(List<Heartbeat> beats) {
    CacheKey key =
        beats.stream()
            .map(beat -> CacheKey.parse(beat.cacheKey))
            .max(Comparator.comparing(CacheKey::scope))
            .orElseThrow();
    Duration ttl = beats.stream().map(Heartbeat::cacheTtl).max(Duration::compareTo).orElseThrow();
    int bytes = beats.stream().mapToInt(Heartbeat::policyBytes).min().orElseThrow();
    var seen = new LinkedHashSet<Set<RoleName>>();
    beats.forEach(beat -> seen.addAll(beat.roleSets));
    var options = new CompileOptions(ttl, bytes, true, false);
    return new ServedStage(
        new ApiId(beats.getFirst().api),
        beats.getFirst().stage,
        new DocumentAnalysis.Deployment(key, options, true),
        seen);
  }

  /** When it is listed no longer. */
  public Instant listedUntil() {
    return at.plus(LISTED);
  }
}
