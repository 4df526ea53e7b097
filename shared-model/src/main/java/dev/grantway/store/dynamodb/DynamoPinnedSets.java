package dev.grantway.store.dynamodb;

import dev.grantway.policy.RoleName;
import dev.grantway.store.PinnedSet;
import dev.grantway.store.PinnedSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Pinned sets under {@code SETS#{operator}}, one item each. */
final class DynamoPinnedSets implements PinnedSets {
  /** No name of a role holds one. */
  private static final String BETWEEN = " ";

  private final Table table;

  DynamoPinnedSets(Table table) {
    this.table = table;
  }

  @Override
  public List<PinnedSet> of(String operator) {
    return table.all(new Table.Range(Keys.pinnedSets(operator), " ", Keys.LAST)).stream()
        .map(DynamoPinnedSets::read)
        .toList();
  }

  private static PinnedSet read(Item item) {
    return new PinnedSet(
        item.sk(),
        Arrays.stream(item.text("roles").split(BETWEEN, -1)).map(RoleName::new).toList());
  }

  @Override
  public void save(String operator, PinnedSet set) {
    table.put(
        Item.of(Keys.pinnedSets(operator), set.name())
            .text(
                "roles",
                set.roles().stream().map(RoleName::value).collect(Collectors.joining(BETWEEN)))
            .build());
  }

  @Override
  public void delete(String operator, String name) {
    table.deleteAll(List.of(Item.of(Keys.pinnedSets(operator), name).build()));
  }
}
