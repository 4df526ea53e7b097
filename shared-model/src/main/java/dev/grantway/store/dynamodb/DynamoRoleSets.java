package dev.grantway.store.dynamodb;

import dev.grantway.policy.RoleName;
import dev.grantway.store.RoleSet;
import dev.grantway.store.RoleSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Role sets under {@code SETS#{operator}}, one item each. */
final class DynamoRoleSets implements RoleSets {
  /** No name of a role holds one. */
  private static final String BETWEEN = " ";

  private final Table table;

  DynamoRoleSets(Table table) {
    this.table = table;
  }

  @Override
  public List<RoleSet> of(String operator) {
    return table.all(new Table.Range(Keys.roleSets(operator), " ", Keys.LAST)).stream()
        .map(DynamoRoleSets::read)
        .toList();
  }

  private static RoleSet read(Item item) {
    return new RoleSet(
        item.sk(),
        Arrays.stream(item.text("roles").split(BETWEEN, -1)).map(RoleName::new).toList());
  }

  @Override
  public void save(String operator, RoleSet set) {
    table.put(
        Item.of(Keys.roleSets(operator), set.name())
            .text(
                "roles",
                set.roles().stream().map(RoleName::value).collect(Collectors.joining(BETWEEN)))
            .build());
  }

  @Override
  public void delete(String operator, String name) {
    table.deleteAll(List.of(Item.of(Keys.roleSets(operator), name).build()));
  }
}
