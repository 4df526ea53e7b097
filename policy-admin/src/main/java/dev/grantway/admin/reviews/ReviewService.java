package dev.grantway.admin.reviews;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.Known;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.usage.UsageService;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.review.Answer;
import dev.grantway.review.Barred;
import dev.grantway.review.Campaign;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.KnownOperator;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Access reviews: everybody sees them, approvers and owners create them, and the operators whom a
 * campaign names answer its lines, except for those that are their own access or that they granted
 * last.
 */
@Service
public class ReviewService {
  /** Use is looked for in so many days up to the creation. */
  public static final int QUIET_DAYS = 90;

  /** How many lines are looked through for one page, whatever the filter leaves of them. */
  public static final int LOOKED_THROUGH = 5_000;

  private static final int CHUNK = 200;

  private final PolicyRepository repository;
  private final CampaignCreation creation;
  private final Operators operators;
  private final Activity activity;
  private final Clock clock;

  ReviewService(
      PolicyRepository repository,
      UsageService usage,
      Operators operators,
      Activity activity,
      Clock clock) {
    this.repository = repository;
    this.creation = new CampaignCreation(repository, usage, activity);
    this.operators = operators;
    this.activity = activity;
    this.clock = clock;
  }

  /** What subjects of activities say of a campaign. */
  static String subject(String id) {
    return "review " + id;
  }

  private AccessReviews reviews() {
    return repository.reviews();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The operators who may be reviewers, by name. */
  public List<String> candidates() {
    operators.require(Task.SEE);
    var known = new Known(repository.operators());
    return repository.operators().all().stream()
        .map(KnownOperator::name)
        .filter(name -> known.operator(name).may(Task.SEE))
        .toList();
  }

  /**
   * Creates a campaign with a line for each permission and each assignment of its extent, as they
   * are live now; what is over already is none.
   */
  public Created create(CampaignInput input) {
    return creation.create(operators.require(Task.PUBLISH_APPROVED), input, now());
  }

  /**
   * Campaigns, the latest first.
   *
   * @param after the cursor of the page before; empty: from the latest; anything else is an {@link
   *     IllegalArgumentException}
   */
  public CampaignPage campaigns(String after, int limit) {
    Operator operator = operators.require(Task.SEE);
    if (!after.isEmpty() && !Campaign.isId(after)) {
      throw new IllegalArgumentException("`after` is no cursor: take `next` of the page before");
    }
    Page<Campaign> page = reviews().campaigns(after, limit);
    return new CampaignPage(
        page.items().stream().map(it -> state(operator, it)).toList(), page.next().orElse(""));
  }

  public Optional<CampaignState> campaign(String id) {
    Operator operator = operators.require(Task.SEE);
    return find(id).map(it -> state(operator, it));
  }

  private Optional<Campaign> find(String id) {
    return Campaign.isId(id) ? reviews().find(id) : Optional.empty();
  }

  private CampaignState state(Operator operator, Campaign it) {
    var closing = reviews().closing(it.id());
    return new CampaignState(
        it,
        closing.orElse(null),
        closing.isPresent() ? reviews().closed(it.id()).orElse(null) : null,
        it.reviewers().contains(operator.name()),
        mayClose(operator, it));
  }

  /** Approvers close what they created, owners everything. */
  static boolean mayClose(Operator operator, Campaign it) {
    return operator.may(Task.CHANGE_RULES)
        || operator.may(Task.PUBLISH_APPROVED) && operator.name().equals(it.by());
  }

  /** How far a campaign is; none where there is none of that id. */
  public Optional<Standing> standing(String id) {
    operators.require(Task.SEE);
    return find(id).map(this::standing);
  }

  private Standing standing(Campaign it) {
    AccessReviews.Tally tally = reviews().tally(it.id());
    return new Standing(tally.kept(), tally.revoked(), it.lines() - tally.kept() - tally.revoked());
  }

  private Map<Integer, LineAnswer> last(Campaign it, int from, int to) {
    var last = new HashMap<Integer, LineAnswer>();
    reviews().answers(it.id(), from, to).forEach(said -> last.put(said.line(), said));
    return last;
  }

  /**
   * A campaign that waits for whoever is signed in.
   *
   * @param open how many of its lines nobody answered; some of them may be for others to answer
   */
  public record Waiting(Campaign campaign, int open) {}

  /** Of the latest 100 campaigns those that can be answered, by when they are due. */
  public List<Waiting> waiting() {
    Operator operator = operators.require(Task.SEE);
    int looked = 100;
    return reviews().campaigns("", looked).items().stream()
        .filter(it -> it.reviewers().contains(operator.name()))
        .filter(it -> reviews().closing(it.id()).isEmpty())
        .map(it -> new Waiting(it, standing(it).open()))
        .filter(it -> it.open() > 0)
        .sorted(Comparator.comparing(it -> it.campaign().due()))
        .toList();
  }

  /**
   * Lines of a campaign; none where there is none of that id.
   *
   * @param from the number of the first line that is looked at
   * @param atLeast how many make a page, where there are so many
   */
  public Optional<Queue> queue(String id, QueueFilter filter, int from, int atLeast) {
    Operator operator = operators.require(Task.SEE);
    return find(id).map(it -> queue(operator, it, filter, Math.max(1, from), atLeast));
  }

  private Queue queue(Operator operator, Campaign it, QueueFilter filter, int first, int atLeast) {
    boolean isReviewer = it.reviewers().contains(operator.name());
    var found = new ArrayList<QueueLine>();
    int from = first;
    while (from <= it.lines() && from - first < LOOKED_THROUGH) {
      for (QueueLine line : seen(operator, it, from, CHUNK)) {
        if (found.size() == atLeast) {
          return new Queue(found, line.line().number());
        }
        if (filter.takes(line, isReviewer)) {
          found.add(line);
        }
      }
      from += CHUNK;
    }
    return new Queue(found, from <= it.lines() ? from : 0);
  }

  private List<QueueLine> seen(Operator operator, Campaign it, int from, int count) {
    Map<Integer, LineAnswer> said = last(it, from, from + count - 1);
    var names = new HashMap<ApiId, String>();
    return reviews().lines(it.id(), from, count).stream()
        .map(line -> seen(operator, it, line, said, names))
        .toList();
  }

  private QueueLine seen(
      Operator operator,
      Campaign it,
      ReviewLine line,
      Map<Integer, LineAnswer> said,
      Map<ApiId, String> names) {
    String api =
        line.row() instanceof PolicyRow.OfPermission(var permission)
            ? names.computeIfAbsent(
                permission.api(),
                id -> repository.live().api(id).map(Api::name).orElseGet(id::value))
            : "";
    Barred barred = line.bars(operator.name()).orElse(null);
    return new QueueLine(
        line, api, said.get(line.number()), barred, !line.isCovered(it.reviewers()));
  }

  /** Some lines by their numbers, as they are now; those that stand together are read together. */
  private List<QueueLine> seen(Operator operator, Campaign it, List<Integer> numbers) {
    var wanted = new TreeSet<>(numbers);
    var found = new ArrayList<QueueLine>();
    Integer first = wanted.isEmpty() ? null : wanted.first();
    while (first != null) {
      int end = first + CHUNK;
      Integer last = Objects.requireNonNull(wanted.lower(end));
      seen(operator, it, first, last - first + 1).stream()
          .filter(line -> wanted.contains(line.line().number()))
          .forEach(found::add);
      first = wanted.ceiling(end);
    }
    return found;
  }

  /** Answers a line, or takes back what was said of it. */
  public Answered answer(String id, AnswerInput input) {
    Operator operator = operators.require(Task.SEE);
    Optional<Campaign> found = find(id);
    if (found.isEmpty()) {
      return refusal("review-unknown", id);
    }
    Campaign campaign = found.get();
    String comment = input.comment().strip();
    if (comment.length() > LineAnswer.MAX_COMMENT) {
      return refusal("long-text", LineAnswer.MAX_COMMENT);
    }
    List<QueueLine> lines = seen(operator, campaign, List.of(input.line()));
    if (lines.isEmpty()) {
      return refusal("review-line", input.line());
    }
    QueueLine line = lines.getFirst();
    Optional<Objection> objection = barred(operator, campaign, line);
    if (objection.isPresent()) {
      return new Answered.Refused(objection.get());
    }
    if (input.answer().equals(Optional.of(Answer.KEEP))
        && line.line().isFlagged()
        && comment.isEmpty()) {
      return refusal("review-reason", input.line());
    }
    if (input.answer().isEmpty() && line.answer().isEmpty()) {
      return new Answered.Done(lines);
    }
    if (line.said() != input.said()) {
      return new Answered.Overtaken(lines);
    }
    Instant now = now();
    Instant opened = input.openedOrNull();
    boolean plausible = opened != null && !opened.isAfter(now) && !opened.isBefore(campaign.at());
    var said =
        new LineAnswer(
            input.line(),
            line.said() + 1,
            input.answerOrNull(),
            operator.name(),
            now,
            plausible ? opened : null,
            comment,
            0);
    return store(operator, campaign, List.of(said));
  }

  /**
   * Keeps lines together: none may be flagged or answered already.
   *
   * @param lines their numbers, {@value AccessReviews#MOST_AT_ONCE} at most
   * @param counted how many whoever is signed in says that there are
   */
  public Answered keepTogether(String id, List<Integer> lines, int counted) {
    Operator operator = operators.require(Task.SEE);
    Optional<Campaign> found = find(id);
    if (found.isEmpty()) {
      return refusal("review-unknown", id);
    }
    Campaign campaign = found.get();
    if (lines.isEmpty()
        || lines.size() > AccessReviews.MOST_AT_ONCE
        || new HashSet<>(lines).size() != lines.size()) {
      return refusal("review-together", AccessReviews.MOST_AT_ONCE);
    }
    if (counted != lines.size()) {
      return refusal("review-counted", lines.size(), counted);
    }
    List<QueueLine> seen = seen(operator, campaign, lines);
    if (seen.size() < lines.size()) {
      return refusal("review-line", missing(lines, seen));
    }
    for (QueueLine line : seen) {
      Optional<Objection> objection = barred(operator, campaign, line);
      if (objection.isPresent()) {
        return new Answered.Refused(objection.get());
      }
      if (line.line().isFlagged()) {
        return refusal("review-flagged", line.line().number());
      }
    }
    List<QueueLine> taken = seen.stream().filter(line -> line.answer().isPresent()).toList();
    if (!taken.isEmpty()) {
      return new Answered.Overtaken(taken);
    }
    Instant now = now();
    return store(
        operator,
        campaign,
        seen.stream()
            .map(
                line ->
                    new LineAnswer(
                        line.line().number(),
                        line.said() + 1,
                        Answer.KEEP,
                        operator.name(),
                        now,
                        null,
                        "",
                        lines.size() - 1))
            .toList());
  }

  private static int missing(List<Integer> lines, List<QueueLine> seen) {
    Set<Integer> found = seen.stream().map(it -> it.line().number()).collect(Collectors.toSet());
    return lines.stream().filter(it -> !found.contains(it)).findFirst().orElse(0);
  }

  private static Answered refusal(String code, Object... facts) {
    return new Answered.Refused(Objection.of(code, facts));
  }

  /** Why somebody may not answer a line. */
  private Optional<Objection> barred(Operator operator, Campaign campaign, QueueLine line) {
    if (!campaign.reviewers().contains(operator.name())) {
      return Optional.of(Objection.of("review-not-reviewer", operator.name()));
    }
    return line.barred()
        .map(
            why ->
                Objection.of(
                    why == Barred.OWN ? "review-own" : "review-granted",
                    line.line().number(),
                    operator.name()));
  }

  private Answered store(Operator operator, Campaign campaign, List<LineAnswer> answers) {
    if (reviews().closing(campaign.id()).isPresent()) {
      return refusal("review-closing", campaign.name());
    }
    List<Integer> numbers = answers.stream().map(LineAnswer::line).toList();
    activity.record(
        ActivityKind.REVIEW_ANSWERED,
        subject(campaign.id()),
        Map.of(
            "lines",
            numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            "answer",
            answers
                .getFirst()
                .answer()
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .orElse("taken back")));
    return switch (reviews().answer(campaign.id(), answers)) {
      case STORED -> new Answered.Done(seen(operator, campaign, numbers));
      case OVERTAKEN -> new Answered.Overtaken(seen(operator, campaign, numbers));
      case CLOSING -> refusal("review-closing", campaign.name());
    };
  }
}
