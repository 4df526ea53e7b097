package dev.grantway.admin.audit;

import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangeLines;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What was published: revisions, newest first, and their changes before and after. */
@Service
public class AuditService {
  private static final int CHANGES = 200;

  private final PolicyRepository repository;
  private final Operators operators;

  AuditService(PolicyRepository repository, Operators operators) {
    this.repository = repository;
    this.operators = operators;
  }

  /**
   * Some revisions.
   *
   * @param next where to go on; empty at the end
   */
  public record Revisions(List<Revision> items, String next) {
    public Revisions {
      items = List.copyOf(items);
    }
  }

  /**
   * Some changes of a revision.
   *
   * @param next where to go on; empty at the end
   */
  public record Lines(List<ChangeLine> items, String next) {
    public Lines {
      items = List.copyOf(items);
    }
  }

  /**
   * An instance of the authorizer, as it last reported itself.
   *
   * @param name drawn by the instance
   * @param revision 0 where it serves none
   * @param live whether the table could say that its revision is head
   * @param cacheTtl zero where nothing is cached
   * @param timeout zero where it is not known
   * @param policyBytes the budget of a document
   * @param roleSets how many different sets of roles its callers had since its report before
   * @param observeUntil until when it refuses nothing; empty where it does not observe
   */
  public record Instance(
      String name,
      long revision,
      boolean live,
      String cacheKey,
      Duration cacheTtl,
      Duration maxAge,
      Duration timeout,
      int policyBytes,
      int roleSets,
      Instant at,
      Optional<Instant> observeUntil) {}

  /** The instances that were asked lately for a stage of an API, by their names. */
  public List<Instance> instances(String api, String stage) {
    operators.require(Task.SEE);
    return repository.live().apis().stream()
        .filter(entry -> entry.name().equals(api))
        .findFirst()
        .map(entry -> instances(entry.id(), stage))
        .orElse(List.of());
  }

  private List<Instance> instances(ApiId api, String stage) {
    return repository.heartbeats().stream()
        .filter(it -> it.api().equals(api.value()) && it.stage().equals(stage))
        .map(
            it ->
                new Instance(
                    it.instance(),
                    it.revision(),
                    it.live(),
                    it.cacheKey(),
                    it.cacheTtl(),
                    it.maxAge(),
                    it.timeout(),
                    it.policyBytes(),
                    it.roleSets().size(),
                    it.at(),
                    it.observeUntil()))
        .toList();
  }

  public Revisions revisions(String after, int limit) {
    operators.require(Task.SEE);
    Page<Revision> page = repository.revisions(after, limit);
    return new Revisions(page.items(), page.next().orElse(""));
  }

  /**
   * Some changes of a revision as they were logged.
   *
   * @param next where to go on; empty at the end
   */
  public record Logged(List<LoggedChange> items, String next) {
    public Logged {
      items = List.copyOf(items);
    }
  }

  public Logged logged(long revision, String after) {
    operators.require(Task.SEE);
    Page<LoggedChange> page = repository.changes(revision, after, CHANGES);
    return new Logged(page.items(), page.next().orElse(""));
  }

  public Lines changes(long revision, String after) {
    operators.require(Task.SEE);
    Map<ApiId, String> names =
        repository.live().apis().stream().collect(Collectors.toMap(ApiEntry::id, ApiEntry::name));
    Page<LoggedChange> page = repository.changes(revision, after, CHANGES);
    return new Lines(
        ChangeLines.of(
            page.items().stream().map(LoggedChange::change).toList(),
            id -> names.getOrDefault(id, id.value())),
        page.next().orElse(""));
  }
}
