package dev.grantway.admin.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PinnedSetServiceTest {
  private static final List<RoleName> SOME = List.of(new RoleName("ops"), new RoleName("clerk"));

  private final World world = new World();
  private final PinnedSetService service = new PinnedSetService(world.repository, world.operators);

  private String refused(String name, List<RoleName> roles) {
    Sentence why = service.save(name, roles).orElseThrow();
    return why.in(Locale.ENGLISH);
  }

  @Test
  void setsAreTheOperatorsOwn() {
    assertThat(service.save("  day shift ", SOME)).isEmpty();
    world.operators.is("ben", OperatorRight.VIEWER);
    assertThat(service.sets()).isEmpty();
    service.delete("day shift");
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(service.sets()).containsExactly(new NamedRoles("day shift", SOME));
    service.delete("day shift");
    assertThat(service.sets()).isEmpty();
  }

  @Test
  void whatIsNoSetIsRefusedAndSoIsOneTooMany() {
    assertThat(refused(" ", SOME)).contains("1 to 64 characters");
    assertThat(refused("none", List.of())).contains("1 to 100 roles");
    for (int i = 0; i < PinnedSetService.MOST_SETS; i++) {
      assertThat(service.save("set " + i, SOME)).isEmpty();
    }
    assertThat(refused("another", SOME)).contains("50 pinned sets already: delete one");
    assertThat(service.save("set 7", List.of(new RoleName("ops")))).as("in its place").isEmpty();
    assertThat(service.sets()).hasSize(PinnedSetService.MOST_SETS);
  }
}
