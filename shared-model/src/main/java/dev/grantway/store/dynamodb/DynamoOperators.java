package dev.grantway.store.dynamodb;

import dev.grantway.store.KnownOperator;
import dev.grantway.store.OperatorDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Operators under {@code OPERATORS}, one item each. */
final class DynamoOperators implements OperatorDirectory {
  private final Table table;

  DynamoOperators(Table table) {
    this.table = table;
  }

  @Override
  public void seen(KnownOperator it) {
    table.put(
        Item.of(Keys.OPERATORS, it.name())
            .text("fullName", it.fullName())
            .text("rights", String.join(" ", new TreeSet<>(it.rights())))
            .text("at", it.at().toString())
            .build());
  }

  @Override
  public Optional<KnownOperator> find(String name) {
    return table.get(Keys.OPERATORS, name).map(DynamoOperators::read);
  }

  @Override
  public List<KnownOperator> all() {
    return table.all(new Table.Range(Keys.OPERATORS, " ", Keys.LAST)).stream()
        .map(DynamoOperators::read)
        .toList();
  }

  private static KnownOperator read(Item item) {
    String rights = item.text("rights");
    return new KnownOperator(
        item.sk(),
        item.text("fullName"),
        rights.isEmpty() ? Set.of() : Set.of(rights.split(" ", -1)),
        Instant.parse(item.text("at")));
  }
}
