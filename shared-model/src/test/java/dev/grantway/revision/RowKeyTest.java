package dev.grantway.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowKeyTest {
  private static final List<String> NAMES = List.of("a", "a-", "a-b", "a.", "a0", "aA", "ab", "b");

  @Test
  void permissionsAreInTheOrderOfTheirTexts() {
    var keys =
        NAMES.stream()
            .flatMap(
                role ->
                    NAMES.stream()
                        .flatMap(
                            api ->
                                NAMES.stream()
                                    .map(
                                        id ->
                                            new RowKey.OfPermission(
                                                new RoleName(role),
                                                new ApiId(api),
                                                new PermissionId(id)))))
            .toList();
    for (RowKey one : keys) {
      for (RowKey other : keys) {
        assertThat(Integer.signum(one.compareTo(other)))
            .as(one.text() + " and " + other.text())
            .isEqualTo(Integer.signum(one.text().compareTo(other.text())));
      }
    }
  }
}
