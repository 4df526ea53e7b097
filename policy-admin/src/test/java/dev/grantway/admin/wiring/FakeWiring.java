package dev.grantway.admin.wiring;

import dev.grantway.resource.ApiType;
import dev.grantway.store.WiredStage;
import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.Attachment;
import dev.grantway.wiring.StageReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An API Gateway that has just what a test gives it. */
public final class FakeWiring implements WiringReader {
  public static final List<String> BY_ROUTE =
      List.of("method.request.header.Authorization", "context.httpMethod", "context.resourcePath");
  public static final List<String> BY_TOKEN = BY_ROUTE.subList(0, 1);

  private final List<String> asked = new ArrayList<>();
  private List<String> routes = List.of();
  private List<String> open = List.of();
  private List<String> sources = BY_ROUTE;
  private Duration ttl = Duration.ofSeconds(300);
  private @Nullable String problem;
  private UnaryOperator<StageReading> otherwise = it -> it;

  /** Has these routes, all asking, under token and route. */
  public synchronized void has(List<String> texts) {
    routes = List.copyOf(texts);
    open = List.of();
    sources = BY_ROUTE;
    ttl = Duration.ofSeconds(300);
    problem = null;
    otherwise = it -> it;
    asked.clear();
  }

  public synchronized void open(String... texts) {
    open = List.of(texts);
  }

  public synchronized void cachedUnder(List<String> identitySources, int seconds) {
    sources = identitySources;
    ttl = Duration.ofSeconds(seconds);
  }

  /** Refuses to tell; null: tells again. */
  public synchronized void fails(@Nullable String why) {
    problem = why;
  }

  public synchronized void otherwise(UnaryOperator<StageReading> change) {
    otherwise = change;
  }

  /** Stages that were asked for, one after another. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized StageReading read(WiredStage stage, ApiType expected) {
    asked.add(stage.api() + "/" + stage.stage());
    if (problem != null) {
      throw new Unreadable(problem);
    }
    return otherwise.apply(
        new StageReading(
            stage.api().value(),
            expected,
            stage.stage(),
            true,
            true,
            routes.stream()
                .map(
                    it ->
                        open.contains(it)
                            ? new AttachedRoute(it, By.NOTHING, "", "r" + routes.indexOf(it))
                            : new AttachedRoute(
                                it, By.AUTHORIZER, "grantway", "r" + routes.indexOf(it)))
                .toList(),
            List.of(
                new AttachedAuthorizer(
                    "x1y2z3",
                    "grantway",
                    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
                        + "arn:aws:lambda:eu-west-1:123456789012:function:grantway:live/invocations",
                    "",
                    new Attachment(expected, false, sources, ttl, false, false))),
            List.of()));
  }
}
