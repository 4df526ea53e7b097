package dev.grantway.admin.changes;

import dev.grantway.policy.ApiId;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** By their heartbeats in the table. */
@Component
class ReportedInstances implements Instances {
  private final PolicyRepository repository;

  ReportedInstances(PolicyRepository repository) {
    this.repository = repository;
  }

  @Override
  public boolean lagBehind(long revision, Set<ApiId> apis) {
    try {
      return repository.heartbeats().stream()
          .filter(beat -> apis.stream().anyMatch(api -> api.value().equals(beat.api())))
          .anyMatch(beat -> !beat.live() && beat.revision() < revision);
    } catch (StoreException down) {
      return true;
    }
  }
}
