package dev.grantway.admin.reviews;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.OncePerRequest;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.ReviewExport;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.Counts;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.Outcome;
import dev.grantway.review.Report;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Closes access reviews: nothing is answered any more, one draft takes away what was revoked, and a
 * report says what became of every line. Each step can be repeated by whoever finds that the one
 * who began has not come to the end, and does nothing twice.
 */
@Service
public class ClosingService {
  private static final int CHUNK = 200;
  private static final int PART = 200_000;
  private static final int ATTEMPTS = 3;

  private final PolicyRepository repository;
  private final ChangesService changes;
  private final Operators operators;
  private final Activity activity;
  private final Checkpoints checkpoints;
  private final Clock clock;

  ClosingService(
      PolicyRepository repository,
      ChangesService changes,
      Operators operators,
      Activity activity,
      Checkpoints checkpoints,
      Clock clock) {
    this.repository = repository;
    this.changes = changes;
    this.operators = operators;
    this.activity = activity;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  private AccessReviews reviews() {
    return repository.reviews();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Optional<Campaign> find(String id) {
    return Campaign.isId(id) ? reviews().find(id) : Optional.empty();
  }

  /** What is done with a line and what was said of it last, if that is an answer. */
  private interface Each {
    void take(ReviewLine line, @Nullable LineAnswer answer);
  }

  private void each(Campaign it, Each each) {
    for (int from = 1; from <= it.lines(); from += CHUNK) {
      var last = new HashMap<Integer, LineAnswer>();
      reviews()
          .answers(it.id(), from, from + CHUNK - 1)
          .forEach(said -> last.put(said.line(), said));
      for (ReviewLine line : reviews().lines(it.id(), from, CHUNK)) {
        LineAnswer said = last.get(line.number());
        each.take(line, said == null || said.answerOrNull() == null ? null : said);
      }
    }
  }

  private static Answer counts(Campaign it, ReviewLine line, @Nullable LineAnswer answer) {
    return answer == null ? line.otherwise(it.otherwise()) : answer.answer().orElseThrow();
  }

  /** What closing a campaign would do now; none where there is none of that id. */
  public Optional<ClosePlan> plan(String id) {
    Operator operator = operators.require(Task.SEE);
    return find(id).map(it -> plan(operator, it));
  }

  private ClosePlan plan(Operator operator, Campaign it) {
    // Read first: what is answered while the lines are read is no part of it, or is found out.
    AccessReviews.Tally tally = reviews().tally(it.id());
    int[] kept = {0};
    int[] revoked = {0};
    int[] open = {0};
    var apis = new TreeSet<ApiId>();
    each(
        it,
        (line, answer) -> {
          open[0] += answer == null ? 1 : 0;
          if (counts(it, line, answer) == Answer.REVOKE) {
            revoked[0]++;
            if (line.row() instanceof PolicyRow.OfPermission(var permission)) {
              apis.add(permission.api());
            }
          } else {
            kept[0]++;
          }
        });
    var why = new ArrayList<Objection>();
    if (!ReviewService.mayClose(operator, it)) {
      why.add(Objection.of("review-close-who", it.by()));
    }
    if (open[0] > 0 && now().isBefore(it.due())) {
      why.add(Objection.of("review-close-open", open[0], it.due().toString()));
    }
    outside(operator, apis).ifPresent(why::add);
    return new ClosePlan(why, kept[0], revoked[0], open[0], tally);
  }

  private Optional<Objection> outside(Operator operator, Set<ApiId> apis) {
    return repository
        .live()
        .rules()
        .limit(operator.name())
        .map(Rules.OperatorLimit::apis)
        .flatMap(allowed -> apis.stream().filter(api -> !allowed.contains(api)).findFirst())
        .map(
            api ->
                Objection.of(
                    "operator-limit",
                    operator.name(),
                    repository.live().api(api).map(Api::name).orElseGet(api::value)));
  }

  /**
   * Closes a campaign once every line is answered or it is due; lines that nobody answered become
   * what the campaign says. Closing it again answers with what became of it. Where something is
   * answered or taken back at that moment, either that or the closing is refused.
   *
   * @param seen {@link ClosePlan#state} of what whoever is signed in was shown that it does
   */
  public CloseResult close(String id, AsSeen seen) {
    Operator operator = operators.require(Task.PUBLISH_APPROVED);
    Optional<Campaign> found = find(id);
    if (found.isEmpty()) {
      return refused(Objection.of("review-unknown", id));
    }
    Campaign campaign = found.get();
    if (!ReviewService.mayClose(operator, campaign)) {
      return refused(Objection.of("review-close-who", campaign.by()));
    }
    Optional<Closed> before = reviews().closed(id);
    if (before.isPresent()) {
      return new CloseResult.Done(before.get());
    }
    Optional<Closing> begun = reviews().closing(id);
    if (begun.isEmpty()) {
      ClosePlan plan = plan(operator, campaign);
      if (!seen.takes(plan.state())) {
        return refused(Objection.of("review-close-moved", campaign.name()));
      }
      if (!plan.why().isEmpty()) {
        return new CloseResult.Refused(plan.why());
      }
      activity.record(
          ActivityKind.REVIEW_CLOSING,
          ReviewService.subject(id),
          Map.of(
              "kept", Integer.toString(plan.kept()),
              "revoked", Integer.toString(plan.revoked()),
              "defaulted", Integer.toString(plan.defaulted())));
      begun =
          reviews()
              .begin(
                  id,
                  new Closing(operator.name(), now(), UUID.randomUUID().toString()),
                  plan.tally());
      if (begun.isEmpty()) {
        activity.record(
            ActivityKind.REVIEW_CLOSING,
            ReviewService.subject(id),
            Map.of("change", "not closed: answers came between"));
      }
    }
    return begun
        .map(closing -> finish(campaign, closing))
        .orElseGet(() -> refused(Objection.of("review-close-moved", campaign.name())));
  }

  private static CloseResult refused(Objection why) {
    return new CloseResult.Refused(List.of(why));
  }

  private CloseResult finish(Campaign campaign, Closing closing) {
    Optional<Set<RowKey>> taken = taken(campaign, closing);
    for (int i = 0; i < ATTEMPTS && taken.isEmpty(); i++) {
      // Somebody else may have published since this request first looked.
      OncePerRequest.forget();
      List<Change> removals = removals(campaign);
      if (removals.isEmpty()) {
        taken = Optional.of(Set.of());
      } else if (changes.begin(closing.draft(), campaign.name(), label(campaign), removals)
              instanceof Staged.Refused(List<Objection> why)
          && (i == ATTEMPTS - 1 || why.stream().anyMatch(it -> !it.code().equals("outdated")))) {
        return new CloseResult.Refused(why);
      } else {
        taken = taken(campaign, closing);
      }
    }
    return taken
        .<CloseResult>map(keys -> new CloseResult.Done(report(campaign, closing, keys)))
        .orElseGet(() -> refused(Objection.of("review-close-again", campaign.name())));
  }

  /** By which the edit is known again, so that it is no text of a bundle. */
  private static Sentence label(Campaign campaign) {
    return new Sentence.OfModel("revoked in access review " + campaign.name());
  }

  /** The rows that closing takes away; what else the draft's owner takes away is theirs. */
  private Optional<Set<RowKey>> taken(Campaign campaign, Closing closing) {
    return changes
        .begun(closing.draft(), label(campaign))
        .map(edit -> edit.changes().stream().map(Change::key).collect(Collectors.toSet()));
  }

  /** What takes away the lines to be revoked, of those that are as they were reviewed. */
  private List<Change> removals(Campaign campaign) {
    var removals = new ArrayList<Change>();
    var reading = new LiveRows(repository.live());
    each(
        campaign,
        (line, answer) -> {
          if (counts(campaign, line, answer) == Answer.REVOKE) {
            reading.ask(line, removals::add);
          }
        });
    reading.flush(removals::add);
    return removals;
  }

  /** Writes a report in parts of the same sizes whoever writes it, and hashes it. */
  private final class Writing {
    private final String id;
    private final Report report = new Report();
    private final List<String> part = new ArrayList<>();
    private int length;
    private int first;

    Writing(String id) {
      this.id = id;
    }

    void add(ReportLine line) {
      String text = report.add(line);
      if (!part.isEmpty() && (part.size() == CHUNK || length + text.length() > PART)) {
        store(false);
      }
      part.add(text);
      length += text.length();
    }

    void store(boolean isLast) {
      reviews().addReport(id, first, part, isLast);
      first += part.size();
      part.clear();
      length = 0;
    }
  }

  private Closed report(Campaign campaign, Closing closing, Set<RowKey> taken) {
    var writing = new Writing(campaign.id());
    writing.add(new ReportLine.Begin(campaign, closing));
    each(
        campaign,
        (line, answer) ->
            writing.add(new ReportLine.Of(line, answer, outcome(campaign, line, answer, taken))));
    Counts counts = writing.report.counts();
    String draft = taken.isEmpty() ? "" : closing.draft();
    writing.add(new ReportLine.End(counts, draft));
    writing.store(true);
    var closed = new Closed(now(), writing.report.sha256(), counts, draft);
    activity.record(
        ActivityKind.REVIEW_CLOSED,
        ReviewService.subject(campaign.id()),
        Map.of(
            "sha256", closed.sha256(),
            "lines", Integer.toString(counts.lines()),
            "kept", Integer.toString(counts.kept()),
            "revoked", Integer.toString(counts.revoked()),
            "changedSince", Integer.toString(counts.changedSince()),
            "defaulted", Integer.toString(counts.defaulted()),
            "draft", draft));
    reviews().end(campaign.id(), closed);
    // So that the report's hash is signed from now on, and not from the next hour.
    var _ = checkpoints.take();
    return closed;
  }

  /**
   * The report of a campaign that is closed, to be taken away; recorded before. None where it is
   * not closed, or there is none of that id. What is stored and is not the report whose hash is
   * known is a {@link StoreException.Damaged}.
   *
   * @param as {@link ReportFile#AS_RECORDED}, {@code csv}, {@code xlsx} or {@code jsonl}; anything
   *     else is an {@link IllegalArgumentException}
   */
  public Optional<ReportFile> report(String id, String as) {
    operators.require(Task.EVIDENCE);
    Optional<GrantFormat> table = format(as);
    return find(id)
        .flatMap(it -> reviews().closed(it.id()).map(closed -> file(it.id(), closed, as, table)));
  }

  /** The format of a table; none as it is recorded. */
  private static Optional<GrantFormat> format(String as) {
    return switch (as) {
      case ReportFile.AS_RECORDED -> Optional.empty();
      case "csv" -> Optional.of(GrantFormat.CSV);
      case "xlsx" -> Optional.of(GrantFormat.XLSX);
      case "jsonl" -> Optional.of(GrantFormat.JSONL);
      default ->
          throw new IllegalArgumentException(
              "a report is written as report, csv, xlsx or jsonl, not as `" + as + "`");
    };
  }

  private ReportFile file(String id, Closed closed, String as, Optional<GrantFormat> table) {
    activity.record(ActivityKind.EXPORT, ReviewService.subject(id), Map.of("as", as));
    Instant created = now();
    return table
        .map(
            format ->
                ReportFile.of(
                    "review-" + id + "." + format.text(),
                    format.mediaType(),
                    out ->
                        ReviewExport.write(
                            format, visit -> recorded(id, closed, visit), out, created)))
        .orElseGet(
            () ->
                ReportFile.of(
                    "review-" + id + ".report.jsonl",
                    GrantFormat.JSONL.mediaType(),
                    out -> asRecorded(id, closed, out)));
  }

  /** Shows what is stored, and says at its end if that is not what was recorded. */
  private void recorded(String id, Closed closed, Consumer<String> visit) {
    var report = new Report();
    reviews()
        .report(
            id,
            line -> {
              report.take(line);
              visit.accept(line);
            });
    if (!report.sha256().equals(closed.sha256())) {
      throw new StoreException.Damaged(
          "the report of the access review is not the one whose hash is known, so that nothing is"
              + " exported: `verify` says more",
          null);
    }
  }

  private void asRecorded(String id, Closed closed, OutputStream out) throws IOException {
    try {
      recorded(
          id,
          closed,
          line -> {
            try {
              out.write(line.getBytes(UTF_8));
              out.write('\n');
            } catch (IOException full) {
              throw new UncheckedIOException(full);
            }
          });
    } catch (UncheckedIOException full) {
      throw full.getCause();
    }
  }

  private static Outcome outcome(
      Campaign campaign, ReviewLine line, @Nullable LineAnswer answer, Set<RowKey> taken) {
    if (counts(campaign, line, answer) == Answer.KEEP) {
      return Outcome.KEPT;
    }
    return taken.contains(line.row().key()) ? Outcome.REVOKED : Outcome.CHANGED_SINCE;
  }
}
