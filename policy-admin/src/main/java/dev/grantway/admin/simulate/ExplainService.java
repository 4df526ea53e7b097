package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Asks the one {@code decide} again, as of the revision by which it decided (SEM-09, SEM-10). */
@Service
public class ExplainService {
  private final PolicyRepository repository;
  private final Operators operators;
  private final Clock clock;

  ExplainService(PolicyRepository repository, Operators operators, Clock clock) {
    this.repository = repository;
    this.operators = operators;
    this.clock = clock;
  }

  /** What an API is called now, by the id that ARNs carry. */
  public Optional<String> apiName(String id) {
    operators.require(Task.DRAFT);
    return repository.live().apis().stream()
        .filter(entry -> entry.id().value().equals(id))
        .findFirst()
        .map(ApiEntry::name);
  }

  public Explanation explain(ApiId api, String stage, Question question) {
    operators.require(Task.DRAFT);
    try {
      return repository
          .asOf(question.revision())
          .map(then -> explain(then, api, stage, question))
          .orElseGet(
              () ->
                  new Explanation.NotThere(
                      Sentence.of("explain.norevision", Long.toString(question.revision()))));
    } catch (StoreException.NotKept notKept) {
      return new Explanation.NotThere(new Sentence.OfModel(String.valueOf(notKept.getMessage())));
    }
  }

  private Explanation explain(AsOf then, ApiId id, String stage, Question question) {
    Instant at = question.at().orElseGet(clock::instant);
    long head = repository.head().revision();
    var copy = new WorkingCopy(then, List.of());
    Optional<Api> api = copy.api(id);
    if (api.isEmpty()) {
      return Asked.undecided(at, head, Decision.Reason.UNKNOWN_API);
    }
    return Asked.of(
            copy,
            api.get(),
            stage,
            question.method(),
            question.path(),
            caller(question),
            RequestContext.at(at))
        .map(asked -> asked.decided(head, question.roles()))
        .orElseGet(() -> Asked.undecided(at, head, Decision.Reason.UNKNOWN_ROUTE));
  }

  /** A link holds the roles of the caller and nothing else of the token. */
  private static PolicyTest.Caller caller(Question question) {
    List<String> roles = question.roles().stream().map(RoleName::value).toList();
    return new PolicyTest.Caller("", "", "", List.of(), roles, Map.of(), List.of());
  }
}
