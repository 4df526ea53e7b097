package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.AsOf;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptAsOfTest {
  private static final RoleName VIEWER = new RoleName("viewer");
  private static final RoleName CLERK = new RoleName("clerk");

  private final List<String> asked = new ArrayList<>();
  private final World world = new World();
  private final KeptAsOf.Readings readings = new KeptAsOf.Readings();
  private final AsOf live = world.repository.live();
  private final ApiId orders =
      live.apis().stream()
          .filter(api -> api.name().equals("orders"))
          .findFirst()
          .orElseThrow()
          .id();

  private AsOf request() {
    return new KeptAsOf(
        (AsOf)
            Proxy.newProxyInstance(
                AsOf.class.getClassLoader(),
                new Class<?>[] {AsOf.class},
                (proxy, method, arguments) -> {
                  if (arguments != null) {
                    asked.add(method.getName() + " " + Arrays.toString(arguments));
                  }
                  try {
                    return method.invoke(live, arguments);
                  } catch (InvocationTargetException e) {
                    throw new IllegalStateException(e);
                  }
                }),
        readings);
  }

  @Test
  void slicesAndRouteTablesAreReadOnceForAllRequests() {
    for (int i = 0; i < 3; i++) {
      assertThat(request().slice(VIEWER, orders)).isEqualTo(live.slice(VIEWER, orders));
      assertThat(request().api(orders).map(Api::routes))
          .isEqualTo(live.api(orders).map(Api::routes));
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void ofSeveralRolesOnlyThoseAreReadThatAreNotKept() {
    request().slice(VIEWER, orders);
    asked.clear();
    assertThat(request().permissions(List.of(VIEWER, CLERK), orders))
        .isEqualTo(live.permissions(List.of(VIEWER, CLERK), orders));
    assertThat(asked).containsExactly("permissions [[clerk], " + orders + "]");
  }

  @Test
  void severalRolesAreReadOnceForAllRequests() {
    var nobody = new RoleName("nobody");
    List<RoleName> asking = List.of(VIEWER, CLERK, nobody);
    for (int i = 0; i < 3; i++) {
      assertThat(request().permissions(asking, orders)).isEqualTo(live.permissions(asking, orders));
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRoleWithoutPermissionsThereIsKeptAsThat() {
    var nobody = new RoleName("nobody");
    assertThat(request().slice(nobody, orders)).isEmpty();
    assertThat(request().permissions(List.of(nobody), orders)).isEmpty();
    assertThat(asked).containsExactly("slice [nobody, " + orders + "]");
  }
}
