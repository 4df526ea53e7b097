package dev.grantway.admin.usage;

import dev.grantway.admin.changes.World;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.store.PolicyRepository;
import java.util.Optional;

/** The use of a world's grants, for the tests of other rooms. */
public final class UsageServices {
  private UsageServices() {}

  /** Callers are known by pseudonyms under that key. */
  public static UsageService of(World world, PolicyRepository repository, String key) {
    return new UsageService(
        repository,
        world.operators,
        new Pseudonym(Optional.of(key)),
        new LogSettings("", key),
        world.clock);
  }

  /** What a log calls somebody under that key. */
  public static String pseudonym(String key, String principal) {
    return new Pseudonym(Optional.of(key)).shortOf(principal);
  }
}
