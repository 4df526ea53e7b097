package dev.grantway.admin.wiring;

import dev.grantway.analysis.Severity;
import dev.grantway.store.WiredStage;
import dev.grantway.store.WiringCheck;
import dev.grantway.wiring.WiringFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a stage's wiring stands, for people.
 *
 * @param connected how it is looked at; none: it is not connected
 * @param look what the last look found; none before the first
 * @param every how often it is looked at; zero: when somebody asks
 * @param mayConnect whether whoever asks may connect, disconnect and take a state for right
 * @param mayCheck whether they may look now
 */
public record WiringPage(
    Optional<Connected> connected,
    Optional<Look> look,
    Duration every,
    boolean mayConnect,
    boolean mayCheck) {

  /** Routes that were deployed and ask nobody, though the policy does not call them public. */
  public List<String> openRoutes() {
    return look.stream()
        .flatMap(it -> it.found().stream())
        .filter(it -> it.code().equals("route-is-open"))
        .flatMap(it -> it.routes().stream())
        .toList();
  }

  /** How a stage is looked at, who connected it, and when. */
  public record Connected(
      String region, String authorizer, String tokenSource, String by, Instant at) {
    static Connected of(WiredStage it) {
      return new Connected(it.region(), it.authorizer(), it.tokenSource(), it.by(), it.at());
    }
  }

  /**
   * What a look found.
   *
   * @param problem why API Gateway did not tell it; empty where it did
   * @param read when it told what the facts and findings are of
   * @param drifted whether the facts differ from those that are taken for right
   * @param state a hash of the facts, by which they are taken for right
   * @param old whether looks that were due since have not been made
   */
  public record Look(
      Instant at,
      String problem,
      Instant read,
      WiringFacts facts,
      List<Found> found,
      boolean drifted,
      String state,
      boolean old) {
    public Look {
      found = List.copyOf(found);
    }

    static Look of(WiringCheck it, boolean old) {
      var facts = new WiringFacts(it.facts());
      return new Look(
          it.at(),
          it.problem(),
          it.read(),
          facts,
          it.found().stream()
              .map(
                  found ->
                      new Found(
                          found.fault().code(),
                          found.fault().severity(),
                          found.fault().what(),
                          found.fault().fix(),
                          found.fault().routes(),
                          found.since(),
                          found.commands(),
                          found.construct()))
              .toList(),
          !it.accepted().isEmpty() && !facts.drift(new WiringFacts(it.accepted())).isEmpty(),
          it.state(),
          old);
    }

    /** API Gateway told it not long ago, and nothing asks for anything. */
    public boolean isWell() {
      return problem.isEmpty()
          && !old
          && found.stream().allMatch(it -> it.severity() == Severity.NOTE);
    }
  }

  /**
   * Something that is wrong.
   *
   * @param since when a look first found it
   * @param commands the change as lines of a shell
   * @param construct the change as the CDK construct has it; or empty
   */
  public record Found(
      String code,
      Severity severity,
      String what,
      String fix,
      List<String> routes,
      Instant since,
      List<String> commands,
      String construct) {
    public Found {
      routes = List.copyOf(routes);
      commands = List.copyOf(commands);
    }
  }
}
