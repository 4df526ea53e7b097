package dev.grantway.admin.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.usage.UsageServices;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.PolicyRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Access reviews in a world, with something that may happen at each write. */
public final class Campaigns {
  static final String KEY = "a key of a test";

  public final World world;
  final PolicyRepository repository;
  public final ReviewService reviews;
  public final ClosingService closing;
  private Consumer<String> before = method -> {};
  private UnaryOperator<Consumer<String>> shown = UnaryOperator.identity();

  public Campaigns(World world) {
    this.world = world;
    AccessReviews watched = proxy(AccessReviews.class, () -> world.repository.reviews(), null);
    repository = proxy(PolicyRepository.class, () -> world.repository, watched);
    reviews =
        new ReviewService(
            repository,
            UsageServices.of(world, repository, KEY),
            world.operators,
            world.activity,
            world.clock);
    closing =
        new ClosingService(
            repository,
            world.changes,
            world.operators,
            world.activity,
            world.checkpoints,
            world.clock);
    for (OperatorRight right : OperatorRight.values()) {
      world.operators.is(right.text(), right);
    }
    world.operators.is("zoe", OperatorRight.VIEWER);
    world.operators.is("olga", OperatorRight.OWNER);
  }

  /** What happens just before each call of the store of reviews, by the name of its method. */
  void before(Consumer<String> what) {
    before = what;
  }

  /** What becomes of the lines of a stored report before they are seen. */
  void shown(UnaryOperator<Consumer<String>> how) {
    shown = how;
  }

  private <T> T proxy(
      Class<T> type, java.util.function.Supplier<T> real, @Nullable AccessReviews instead) {
    return type.cast(
        Proxy.newProxyInstance(
            Campaigns.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (instead != null && method.getName().equals("reviews")) {
                return instead;
              }
              if (type == AccessReviews.class || method.getName().equals("usage")) {
                before.accept(method.getName());
              }
              try {
                if (type == AccessReviews.class && method.getName().equals("report")) {
                  @SuppressWarnings("unchecked")
                  var visit = (Consumer<String>) arguments[1];
                  world.repository.reviews().report((String) arguments[0], shown.apply(visit));
                  return null;
                }
                return method.invoke(real.get(), arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }

  static CampaignInput input(String roles, String api, String reviewers, String otherwise) {
    return new CampaignInput(
        "autumn", names(roles), "", "", api, names(reviewers), "2026-12-24T17:00:00Z", otherwise);
  }

  /** Names with commas between. */
  public static List<String> names(String text) {
    return Pattern.compile(" *, *").splitAsStream(text).filter(it -> !it.isEmpty()).toList();
  }

  /** Created by olga. */
  public Campaign create(CampaignInput input) {
    world.operators.is("olga", OperatorRight.OWNER);
    Created created = reviews.create(input);
    assertThat(created).isInstanceOf(Created.Done.class);
    return ((Created.Done) created).campaign();
  }

  public List<QueueLine> lines(Campaign it) {
    return reviews.queue(it.id(), QueueFilter.NONE, 1, Integer.MAX_VALUE).orElseThrow().lines();
  }

  QueueLine line(Campaign it, Predicate<PolicyRow> which) {
    return lines(it).stream()
        .filter(line -> which.test(line.line().row()))
        .findFirst()
        .orElseThrow();
  }

  QueueLine permission(Campaign it, String id) {
    return line(
        it, row -> row instanceof PolicyRow.OfPermission(var of) && of.id().value().equals(id));
  }

  QueueLine assignment(Campaign it, String value) {
    return line(
        it, row -> row instanceof PolicyRow.OfAssignment(var of) && of.value().equals(value));
  }

  Answered answer(Campaign it, QueueLine line, @Nullable Answer answer, String comment) {
    return reviews.answer(
        it.id(),
        new AnswerInput(line.line().number(), line.said(), answer, comment, world.clock.instant()));
  }

  public static Assignment assignment(String role, String subject) {
    return new Assignment(new RoleName(role), "corp", Assignment.Kind.SUBJECT, subject, null);
  }
}
