package dev.grantway.admin.reviews;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.Known;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.reviews.CampaignInput.Field;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.usage.UsageService;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Extent;
import dev.grantway.review.ReviewLine;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.AsOf;
import dev.grantway.store.MembershipList;
import dev.grantway.store.PolicyRepository;
import dev.grantway.usage.Use;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;

/** Creates campaigns, for whoever was found to have the right. */
final class CampaignCreation {
  /** A campaign has at most so many lines. */
  static final int MOST_LINES = 50_000;

  private static final int CHUNK = 200;

  /** So many lines are held between being counted and being stored; more are read again. */
  private static final int HELD = 2_000;

  private static final int RANDOM = 8;

  private final PolicyRepository repository;
  private final UsageService usage;
  private final Activity activity;
  private final SecureRandom random = new SecureRandom();

  CampaignCreation(PolicyRepository repository, UsageService usage, Activity activity) {
    this.repository = repository;
    this.usage = usage;
    this.activity = activity;
  }

  private AccessReviews reviews() {
    return repository.reviews();
  }

  /** What can be read of what was asked for. */
  private record Order(
      String name, Instant due, Answer otherwise, SortedSet<String> reviewers, Extent extent) {}

  Created create(Operator operator, CampaignInput input, Instant now) {
    AsOf live = repository.live();
    return switch (read(input, live, now)) {
      case Reading.Problems<Order, Field>(var problems) -> new Created.Refused(problems);
      case Reading.Read<Order, Field>(Order order) -> create(operator, order, live, now);
    };
  }

  private Reading<Order, Field> read(CampaignInput input, AsOf live, Instant now) {
    var problems = new FormProblems<>(Field.class);
    var reader = new CampaignReader(input, live, new Known(repository.operators()), problems);
    Optional<String> name = reader.name();
    Optional<Instant> due = reader.due(now);
    Optional<Answer> otherwise = reader.otherwise();
    Optional<SortedSet<String>> reviewers = reader.reviewers();
    Optional<Extent> extent = reader.extent();
    return problems.reading(
        problems.isEmpty()
            ? Optional.of(
                new Order(
                    name.orElseThrow(),
                    due.orElseThrow(),
                    otherwise.orElseThrow(),
                    reviewers.orElseThrow(),
                    extent.orElseThrow()))
            : Optional.empty());
  }

  /** Lines, counted first, and then on their way into the table. */
  private final class Storing {
    private final String id;
    private final SortedSet<String> reviewers;
    private final List<ReviewLine> chunk = new ArrayList<>();
    private final List<ReviewLine> held = new ArrayList<>();
    private int counted;
    private int lines;
    private int flagged;
    private int uncovered;

    Storing(String id, SortedSet<String> reviewers) {
      this.id = id;
      this.reviewers = reviewers;
    }

    /** Counts a line, and holds it while there are few. */
    void count(ReviewLine line) {
      counted++;
      if (counted > MOST_LINES) {
        throw new TooMany();
      }
      if (counted <= HELD) {
        held.add(line);
      } else {
        held.clear();
      }
    }

    boolean isHeld() {
      return counted == held.size();
    }

    /** What the campaign says of its lines is said of these: logs may tell more by now. */
    void store(ReviewLine line) {
      lines++;
      flagged += line.isFlagged() ? 1 : 0;
      uncovered += line.isCovered(reviewers) ? 0 : 1;
      chunk.add(line);
      if (chunk.size() == CHUNK) {
        flush();
      }
    }

    void flush() {
      if (!chunk.isEmpty()) {
        reviews().addLines(id, chunk);
        chunk.clear();
      }
    }

    Campaign campaign(Order order, Operator operator, AsOf live, Instant now) {
      return new Campaign(
          id,
          order.name(),
          operator.name(),
          now,
          order.due(),
          order.otherwise(),
          order.reviewers(),
          order.extent(),
          live.revision(),
          live.hash(),
          ReviewService.QUIET_DAYS,
          lines,
          flagged,
          uncovered);
    }
  }

  /** Ends reading lines. */
  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super("more lines than a campaign may have", null, false, false);
    }
  }

  private static Created refused(Field field, String key, Object... facts) {
    return new Created.Refused(Map.of(field, List.of(Sentence.of(key, facts))));
  }

  private Created create(Operator operator, Order order, AsOf live, Instant now) {
    var bytes = new byte[RANDOM];
    random.nextBytes(bytes);
    String id = Campaign.id(now, bytes);
    var storing = new Storing(id, order.reviewers());
    Optional<Set<ApiId>> allowed =
        live.rules().limit(operator.name()).map(Rules.OperatorLimit::apis);
    Predicate<ApiId> may = api -> allowed.map(apis -> apis.contains(api)).orElse(true);
    Optional<MembershipList> members = repository.memberships().list();
    try {
      // Counted before any is stored: records are never deleted, and a refusal leaves none.
      reading(order, live, now, members).lines(may, storing::count);
    } catch (LineReading.Outside outside) {
      String api = live.api(outside.api()).map(Api::name).orElseGet(outside.api()::value);
      return refused(Field.EXTENT, "problem.review.outside", outside.what(), api);
    } catch (TooMany tooMany) {
      return refused(Field.EXTENT, "problem.review.many", MOST_LINES);
    }
    if (storing.counted == 0) {
      return refused(Field.EXTENT, "problem.review.empty");
    }
    if (storing.isHeld()) {
      storing.held.forEach(storing::store);
    } else {
      reading(order, live, now, members).lines(may, storing::store);
    }
    storing.flush();
    Campaign campaign = storing.campaign(order, operator, live, now);
    // Its lines are nothing before it is.
    record(id, order, live);
    reviews().create(campaign);
    return new Created.Done(campaign);
  }

  private LineReading reading(
      Order order, AsOf live, Instant now, Optional<MembershipList> members) {
    return new LineReading(
        live,
        order.extent(),
        order.reviewers(),
        now,
        ReviewService.QUIET_DAYS,
        logs(),
        new Granters(repository),
        new Own(order.reviewers(), members));
  }

  private void record(String id, Order order, AsOf live) {
    activity.record(
        ActivityKind.REVIEW_CREATED,
        ReviewService.subject(id),
        Map.of(
            "name", order.name(),
            "reviewers", String.join(", ", order.reviewers()),
            "due", order.due().toString(),
            "otherwise", order.otherwise().name().toLowerCase(Locale.ROOT),
            "revision", Long.toString(live.revision())));
  }

  private LineReading.Surroundings logs() {
    return new LineReading.Surroundings() {
      @Override
      public Use use(Api api, String stage, int days) {
        return usage.use(api, stage, days);
      }

      @Override
      public Optional<String> pseudonym(String principal) {
        return usage.pseudonym(principal);
      }
    };
  }
}
