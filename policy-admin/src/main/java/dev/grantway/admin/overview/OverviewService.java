package dev.grantway.admin.overview;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ApiFindings;
import dev.grantway.admin.changes.ApprovalService;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.FoundAside;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.Finding;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Progress;
import dev.grantway.store.RecordedPublish;
import dev.grantway.store.RoleEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** Whether access to a stage is healthy, what is still to be set up, and what waits for whom. */
@Service
public class OverviewService {
  private static final int PAGE = 500;
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final PolicyRepository repository;
  private final ChangesService changes;
  private final ApprovalService approvals;
  private final AuditService audit;
  private final Checkpoints checkpoints;
  private final Activity activity;
  private final Operators operators;
  private final Clock clock;
  private final FoundAside<Asked, List<Finding>> found = new FoundAside<>(Asked::api);

  /**
   * What was looked at.
   *
   * @param hash of the revision's record
   * @param hour since the epoch: what has expired becomes more by itself
   */
  private record Asked(long revision, String hash, ApiId api, long hour) {}

  OverviewService(
      PolicyRepository repository,
      ChangesService changes,
      ApprovalService approvals,
      AuditService audit,
      Checkpoints checkpoints,
      Activity activity,
      Operators operators,
      Clock clock) {
    this.repository = repository;
    this.changes = changes;
    this.approvals = approvals;
    this.audit = audit;
    this.checkpoints = checkpoints;
    this.activity = activity;
    this.operators = operators;
    this.clock = clock;
  }

  /** How a stage of an API stands, as whoever is signed in sees it. */
  public Overview overview(Api api, String stage) {
    Operator operator = operators.require(Task.SEE);
    AsOf live = repository.live();
    List<AuditService.Instance> instances = audit.instances(api.name(), stage);
    boolean approves = operator.may(Task.PUBLISH_APPROVED);
    return new Overview(
        setup(live, api, stage, instances),
        repository.revision(live.revision()),
        instances,
        changes.drafts().stream().filter(DraftEntry::own).toList(),
        approves ? approvals.waiting() : List.of(),
        approves);
  }

  private List<SetupStep> setup(
      AsOf live, Api api, String stage, List<AuditService.Instance> instances) {
    var steps = new ArrayList<SetupStep>();
    int routes = api.routes().routes().size();
    steps.add(SetupStep.of(SetupStep.Kind.ROUTES, routes > 0, routes));
    steps.add(SetupStep.of(SetupStep.Kind.PERMISSIONS, anyRole(live, api.id())));
    boolean assigned = !live.assignments("", 1).items().isEmpty();
    boolean seen = instances.stream().anyMatch(it -> it.roleSets() > 0);
    steps.add(SetupStep.of(SetupStep.Kind.PEOPLE, assigned || seen));
    steps.add(SetupStep.of(SetupStep.Kind.REPORTED, !instances.isEmpty(), instances.size()));
    boolean served =
        !instances.isEmpty()
            && instances.stream().allMatch(it -> it.live() && it.revision() == live.revision());
    steps.add(SetupStep.of(SetupStep.Kind.SERVED, served, Long.toString(live.revision())));
    Optional<Rules.ApprovalRule> rule =
        live.rules().approvals().stream()
            .filter(it -> it.api().equals(api.id()) && it.stage().includes(stage))
            .findFirst();
    steps.add(
        SetupStep.of(
            SetupStep.Kind.APPROVALS,
            rule.isPresent(),
            rule.map(Rules.ApprovalRule::required).orElse(0)));
    steps.add(SetupStep.of(SetupStep.Kind.COPIES, checkpoints.isCopied()));
    return steps;
  }

  private static boolean anyRole(AsOf live, ApiId api) {
    String after = "";
    do {
      Page<RoleEntry> page = live.roles(after, PAGE);
      if (page.items().stream().anyMatch(entry -> entry.own().contains(api))) {
        return true;
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return false;
  }

  /** What analysis finds in an API's permissions. */
  public Found<FoundFindings> findings(ApiId api) {
    operators.require(Task.SEE);
    AsOf live = repository.live();
    Instant now = clock.instant();
    long hour = now.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
    return found
        .of(
            new Asked(live.revision(), live.hash(), api, hour),
            PATIENCE,
            () -> ApiFindings.of(new WorkingCopy(live, List.of()), api, now))
        .map(findings -> new FoundFindings(live.revision(), findings));
  }

  /** The same as known, without asking the table; for polls. */
  public Found<FoundFindings> knownFindings(ApiId api) {
    operators.require(Task.SEE);
    return found.latest(api).map(it -> new FoundFindings(it.getKey().revision(), it.getValue()));
  }

  /**
   * Publishes the sample policy where there is no API at all; recorded first, like any publish.
   *
   * @return why nothing was published; none where it is live
   */
  public Optional<Sentence> loadSample() {
    Operator operator = operators.require(Task.CHANGE_RULES);
    AsOf live = repository.live();
    if (!live.apis().isEmpty()) {
      return Optional.of(Sentence.of("overview.sample.apis"));
    }
    var sample = (PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml");
    var publication =
        new Publication(
            PolicyRows.diff(new TreeMap<>(), PolicyRows.of(sample.policy(), sample.tests())),
            live.revision(),
            live.hash(),
            operator.name(),
            List.of(),
            "load the sample APIs",
            "");
    return switch (new RecordedPublish(publication, "sample APIs", Map.of(), activity)
        .by(repository, Progress.NONE)) {
      case PublishResult.Published _ -> Optional.empty();
      case PublishResult.Conflict _ -> Optional.of(Sentence.of("overview.sample.apis"));
      case PublishResult.Refused(List<Refusal> why) ->
          Optional.of(new Sentence.OfModel(why.getFirst().message()));
    };
  }
}
