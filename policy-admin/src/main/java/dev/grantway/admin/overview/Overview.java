package dev.grantway.admin.overview;

import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.revision.Revision;
import java.util.List;
import java.util.Optional;

/**
 * How a stage stands.
 *
 * @param setup in its order
 * @param head the live revision; none before the first
 * @param instances of the authorizer that were asked lately
 * @param mine the operator's own open drafts
 * @param waiting open drafts of others that lack an approval which the operator may give
 * @param approves whether the operator may approve anything at all
 */
public record Overview(
    List<SetupStep> setup,
    Optional<Revision> head,
    List<AuditService.Instance> instances,
    List<DraftEntry> mine,
    List<DraftEntry> waiting,
    boolean approves) {

  public Overview {
    setup = List.copyOf(setup);
    instances = List.copyOf(instances);
    mine = List.copyOf(mine);
    waiting = List.copyOf(waiting);
  }

  public long done() {
    return setup.stream().filter(SetupStep::done).count();
  }

  public boolean isSetUp() {
    return done() == setup.size();
  }
}
