package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.Emitted;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of a simulated request. */
public sealed interface Simulated {

  /**
   * Decided.
   *
   * @param asked the revision that was asked, or that the draft stands on
   * @param draft whether the operator's draft was over it
   * @param named the roles that were named and that the policy knows
   * @param unknown those that it does not know
   * @param route that serves the request; empty where none does
   * @param considered how many permissions the caller's roles hold in this API
   * @param document what a gateway that caches by token and route would be handed; empty where the
   *     authorizer would compile none
   */
  record Decided(
      long asked,
      boolean draft,
      Set<String> named,
      Set<String> unknown,
      Optional<Route> route,
      int considered,
      Explanation.Decided decided,
      Optional<Emitted> document,
      List<String> documentLines,
      String curl)
      implements Simulated {
    public Decided {
      named = Set.copyOf(named);
      unknown = Set.copyOf(unknown);
      documentLines = List.copyOf(documentLines);
    }
  }

  /** Fields that cannot be read, with the reason for each. */
  record Unreadable(Map<SimulationInput.Field, Sentence> problems) implements Simulated {
    public Unreadable {
      problems = Map.copyOf(problems);
    }
  }

  /** The policy of that revision cannot be had. */
  record NotThere(Sentence why) implements Simulated {}
}
