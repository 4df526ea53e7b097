package dev.grantway.admin.routes;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Answered;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import java.util.Comparator;
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
    return apis(repository.live());
  }

  /** The same as of a moment; none where nothing was published then. */
  public Optional<Answered<List<Api>>> apis(Moment moment) {
    operators.require(Task.SEE);
    return moment
        .in(repository)
        .map(then -> new Answered<>(then.revision(), then.hash(), apis(then)));
  }

  private static List<Api> apis(AsOf then) {
    return then.apis().stream()
        .map(ApiEntry::id)
        .flatMap(id -> api(then, id).stream())
        .sorted(Comparator.comparing(Api::name))
        .toList();
  }

  /** A live one. */
  public Optional<Api> api(ApiId id) {
    operators.require(Task.SEE);
    return api(repository.live(), id);
  }

  public Optional<Api> named(String name) {
    operators.require(Task.SEE);
    var live = repository.live();
    return live.apis().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .flatMap(entry -> api(live, entry.id()));
  }

  /** The one that every page shows. */
  private static Optional<Api> api(AsOf then, ApiId id) {
    return new WorkingCopy(then, List.of()).api(id);
  }
}
