package dev.grantway.cli;

import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a command reads the policy from. */
final class PolicyPlace {
  @Option(
      names = "--table",
      required = true,
      paramLabel = "URL",
      description =
          "where DynamoDB answers: reads the table that `GRANTWAY_TABLE` names, `grantway` by"
              + " default")
  private String table = "";

  TableAccess open(TableAccess.Tables tables) {
    return tables.at(table);
  }

  /**
   * The policy as of a moment.
   *
   * @param moment the number of a revision, an instant, or nothing for what is live
   */
  static AsOf asOf(PolicyRepository repository, String moment) {
    if (moment.isEmpty()) {
      return repository.live();
    }
    Optional<AsOf> then =
        moment.matches("[0-9]{1,18}")
            ? repository.asOf(Long.parseLong(moment))
            : repository.asOf(Inputs.instant(moment));
    return then.orElseThrow(
        () ->
            new InputException(
                "there is no revision `"
                    + moment
                    + "`: head is "
                    + repository.head().revision()
                    + "; before the first, and between attempts that never committed, there is"
                    + " none"));
  }
}
