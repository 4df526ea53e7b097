package dev.grantway.admin.routes;

import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Which APIs there are, and what they serve. */
@Service
public class ApiService {
  private final PolicyRepository repository;
  private final Operators operators;

  ApiService(PolicyRepository repository, Operators operators) {
    this.repository = repository;
    this.operators = operators;
  }

  /** All APIs with their stages and routes, by name. */
  public List<Api> apis() {
    operators.require(Task.SEE);
    var live = repository.live();
    return live.apis().stream()
        .map(ApiEntry::id)
        .flatMap(id -> live.api(id).stream())
        .sorted(java.util.Comparator.comparing(Api::name))
        .toList();
  }

  public Optional<Api> named(String name) {
    operators.require(Task.SEE);
    var live = repository.live();
    return live.apis().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .flatMap(entry -> live.api(entry.id()));
  }
}
