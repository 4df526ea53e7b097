package dev.grantway.admin.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/**
 * How long the service behind the access matrix takes on 5,000 routes, 300 roles and 60,000
 * permissions, in memory: {@code ./grantway bench matrix}. Beside it in the same run: looking at
 * every route once for every role that is shown, which no matrix can do without.
 */
public class MatrixBench {
  private static final int ROUTES = 5_000;
  private static final int ROLES = 300;
  private static final int OWN = 200;
  private static final int RUNS = 7;
  public static final ApiId BIG = new ApiId("big1234567");
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration EDIT = Duration.ofMillis(100);
  private static final Duration FILTER = Duration.ofMillis(300);

  @Test
  void theMatrixKeepsItsTimesOnABigPolicy() {
    var world = new World(policy());
    Api api = world.repository.live().api(BIG).orElseThrow();
    Duration first =
        median(
            () ->
                new MatrixService(world.changes, world.operators)
                    .matrix(api, "prod", List.of())
                    .routes());
    var matrices = new MatrixService(world.changes, world.operators);
    Matrix matrix = matrices.matrix(api, "prod", List.of());
    assertThat(matrix.roles()).hasSize(MatrixService.USUAL_ROLES);
    Duration bare = median(() -> allowed(matrix) + 1);
    Duration again = median(() -> matrices.matrix(api, "prod", List.of()).routes());
    RoleName role = matrix.roles().getFirst();
    int[] next = new int[1];
    Duration edit =
        median(
            () -> {
              var cell = new CellRef(role, matrix.place(next[0]++ * 7).text());
              assertThat(matrices.press(api, "prod", cell)).isNotInstanceOf(Edited.Refused.class);
              return matrices.matrix(api, "prod", List.of()).differing(matrix).size() + 1;
            });
    Duration filter =
        median(() -> matrix.page(MatrixFilter.parse("method:GET state:denied c1")).routes() + 1);
    System.out.printf(
        Locale.ROOT, "| %-34s | %7s | %7s |%n", "5,000 routes, 24 of 300 roles", "ms", "x bare");
    row("every cell looked at once (bare)", bare, bare);
    row("first matrix of a revision", first, bare);
    row("the same again", again, bare);
    row("a cell is pressed and shown", edit, bare);
    row("a filter", filter, bare);
    assertThat(first).isLessThan(FIRST);
    assertThat(edit).isLessThan(EDIT);
    assertThat(filter).isLessThan(FILTER);
  }

  /**
   * What the first matrix says that is shown of a stage.
   *
   * @param allowed of its cells
   */
  public record Shown(List<RoleName> roles, int cells, int allowed) {}

  /** Works it out. */
  public static Shown first(World world, Api api) {
    Matrix matrix =
        new MatrixService(world.changes, world.operators).matrix(api, "prod", List.of());
    return new Shown(matrix.roles(), matrix.routes() * matrix.roles().size(), allowed(matrix));
  }

  private static void row(String what, Duration time, Duration bare) {
    System.out.printf(
        Locale.ROOT,
        "| %-34s | %7.1f | %7.1f |%n",
        what,
        time.toNanos() / 1e6,
        (double) time.toNanos() / bare.toNanos());
  }

  /** Looks at every cell. */
  private static int allowed(Matrix matrix) {
    int allowed = 0;
    for (RoleName role : matrix.roles()) {
      for (int i = 0; i < matrix.places(); i++) {
        allowed += matrix.cell(role, i).now().isAllowed() ? 1 : 0;
      }
    }
    return allowed;
  }

  private static Duration median(IntSupplier work) {
    var times = new ArrayList<Duration>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      assertThat(work.getAsInt()).isPositive();
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    return times.stream().sorted().toList().get(RUNS / 2);
  }

  /**
   * The API {@link #BIG}, its stage {@code prod}, and the roles {@code role-000} to {@code
   * role-299}.
   */
  public static Policy policy() {
    List<Route> routes = routes();
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (int i = 0; i < ROLES; i++) {
      var name = new RoleName("role-%03d".formatted(i));
      var inherits = new TreeSet<RoleName>();
      if (i % 3 != 0) {
        inherits.add(new RoleName("role-%03d".formatted(i - i % 3)));
      }
      roles.add(new Role(name.value(), name, "", "", inherits));
      for (int k = 0; k < OWN; k++) {
        Route route = routes.get((i * OWN + k) * 37 % ROUTES);
        permissions.add(permission(name, k, route));
      }
    }
    var api = new Api(BIG, "big", List.of("prod"), new RouteTable(ApiType.REST, routes), true);
    return new Policy(List.of(api), roles, permissions, List.of(), Rules.NONE);
  }

  private static Permission permission(RoleName role, int number, Route route) {
    return new Permission(
        new PermissionId(role + "-" + number),
        role,
        number % 20 == 0 ? Effect.DENY : Effect.ALLOW,
        BIG,
        StageScope.EVERY,
        route.actions(),
        ResourcePattern.parse(route.template().toString()),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  private static List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (int i = 0; i < ROUTES / 5; i++) {
      for (String text :
          List.of(
              "GET /c%d", "POST /c%d", "GET /c%d/{id}", "PUT /c%d/{id}", "DELETE /c%d/{id}/x")) {
        routes.add(Route.parse(text.formatted(i)));
      }
    }
    return routes;
  }
}
