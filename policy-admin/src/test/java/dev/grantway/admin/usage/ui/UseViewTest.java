package dev.grantway.admin.usage.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What logs tell of calls: on the page of use, on the overview, and of a draft in its review. */
class UseViewTest extends ViewTest {
  private static final String USE = "a/orders/prod/use";

  @Autowired Pseudonym callers;

  private void called(String route, String role, long allowed, long refused, String who) {
    Instant now = world.clock.instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    world
        .repository
        .usage()
        .put(
            new UsageDay(
                World.ORDERS,
                "prod",
                day,
                route.replace('/', '-') + who.hashCode(),
                UsageDay.Kind.ACCESS,
                List.of(
                    new UsageRow(
                        route,
                        new TreeSet<>(Set.of(new RoleName(role))),
                        allowed,
                        refused,
                        now,
                        new TreeSet<>(Set.of(callers.shortOf(who))),
                        false))));
  }

  @Test
  void withoutLogsThePageSaysHowTheyCome() {
    open(USE);
    assertThat(page()).contains("No log tells of calls to this stage", "GRANTWAY_LOG_FOLDER");
    open("a/orders/prod/overview");
    assertThat(page()).contains("Refused in 7 days", "No log tells of calls to this stage");
  }

  @Test
  void whatWasRefusedAndWhatNobodyCalledIsTold() {
    called("POST /orders", "viewer", 0, 7, "dev|alice");
    called("GET /orders", "clerk", 41, 0, "dev|bob");
    open(USE + "?role=viewer&days=30");
    assertThat(page())
        .contains("Logs tell of 1 of 30 days")
        .contains("viewer: 2 routes allowed, 1 never called")
        .contains("0 calls in 30 days, logs of 1 of 30 days")
        .as("clerks inherit what viewers may")
        .contains("41");
    assertThat(page()).contains("Refused by the policy", "POST /orders", "1 caller");
    open("a/orders/prod/overview");
    assertThat(page()).contains("7 times · viewer");
  }

  @Test
  void linesThatCouldNotBeReadAreTold() {
    LocalDate last = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    for (int i = 0; i < 30; i++) {
      world
          .repository
          .usage()
          .put(
              new UsageDay(
                  World.ORDERS,
                  "prod",
                  last.minusDays(i),
                  "log",
                  UsageDay.Kind.ACCESS,
                  List.of(),
                  i == 7 ? 1_200 : 0));
    }
    open(USE + "?role=viewer&days=30");
    assertThat(page())
        .contains("Logs tell of each of the 30 days")
        .contains("1,200 lines of these logs could not be read, so that calls may be missing.")
        .contains("0 calls in 30 days, logs not complete: 1,200 lines could not be read");
    open(USE + "?role=viewer&days=7");
    assertThat(page()).contains("0 calls in 7 days, logs complete");
  }

  @Test
  void aCallerIsFoundByNameAndNoNameIsKept() {
    called("GET /orders", "clerk", 41, 0, "dev|bob");
    open(USE);
    test(part(TextField.class, "use-caller")).setValue("bob");
    press("find-caller");
    assertThat(part(TextField.class, "use-caller").isInvalid()).isTrue();
    test(part(TextField.class, "use-caller")).setValue("dev|bob");
    press("find-caller");
    assertThat(page()).contains("dev|bob: calls on 1 route");
    test(part(TextField.class, "use-caller")).setValue("dev|carol");
    press("find-caller");
    assertThat(page()).contains("dev|carol: calls on no route");
  }

  @Test
  void anUnknownRoleIsToldOf() {
    called("GET /orders", "clerk", 1, 0, "dev|bob");
    open(USE + "?role=nobody");
    assertThat(page()).contains("There is no role nobody");
  }

  @Test
  void aReviewSaysWhichCallsOfThePastWouldFlip() {
    called("GET /orders", "viewer", 41, 0, "dev|bob");
    called("GET /orders", "viewer", 2, 0, "dev|alice");
    world.changes.stage(
        Sentence.of("label.permission.add", "no"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(world.denial("viewer", "no", "GET", "/orders")))));
    open("a/orders/prod/changes?tab=effect");
    assertThat(page())
        .contains("The calls of the last 30 days with this draft")
        .contains("2 callers, 43 calls would flip to 403", "logs of 1 of 30 days");
  }
}
