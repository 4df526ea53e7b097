package dev.grantway.store.dynamodb;

import dev.grantway.store.Head;
import dev.grantway.store.StoreException;
import dev.grantway.store.Touched;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The item {@code HEAD}: read strongly, and only ever updated on a condition, never put. */
final class HeadItem {
  private final Table table;

  HeadItem(Table table) {
    this.table = table;
  }

  Head read() {
    Item item =
        table
            .get(Keys.HEAD, Keys.HEAD)
            .orElseThrow(
                () ->
                    new StoreException.Unavailable(
                        "table `" + table.name() + "` has no head: it was never set up", null));
    try {
      return head(item);
    } catch (RuntimeException e) {
      throw new StoreException.Unavailable(
          "the head of table `" + table.name() + "` is damaged: " + e.getMessage(), e);
    }
  }

  private static Head head(Item item) {
    AttributeValue listed = item.attributes().get("gaps");
    List<String> gaps = listed == null ? List.of() : listed.ns();
    return new Head(
        item.number("rev"),
        item.text("hash"),
        Instant.parse(item.text("at")),
        gaps.stream().map(Long::valueOf).collect(Collectors.toCollection(TreeSet::new)),
        item.number("floor"),
        Touched.of(item.bytes("touched")),
        item.number("epoch"));
  }

  /** The last number taken. */
  long lastTaken() {
    return table.get(Keys.HEAD, Keys.NEXT).map(item -> item.number("next")).orElse(0L);
  }

  /** Takes a number that nobody else has or ever will have. */
  long takeNumber() {
    return table.add(Keys.HEAD, Keys.NEXT, "next", 1);
  }

  /**
   * The one write that makes a publication visible (REV-01); false if head is not at base any more
   * or the number was declared void.
   */
  boolean flip(Head base, Head next) {
    var values =
        new HashMap<>(
            Map.of(
                ":base", number(base.revision()),
                ":baseHash", AttributeValue.fromS(base.hash()),
                ":s", number(next.revision()),
                ":touched", AttributeValue.fromB(SdkBytes.fromByteArray(next.touched().bytes())),
                ":hash", AttributeValue.fromS(next.hash()),
                ":at", AttributeValue.fromS(Keys.instant(next.at()))));
    String update = "SET #rev = :s, touched = :touched, #hash = :hash, #at = :at";
    Collection<Long> between = base.between(next.revision());
    if (!between.isEmpty()) {
      values.put(":void", numbers(between));
      update += " ADD gaps :void";
    }
    return table.updateIf(
        Keys.HEAD,
        Keys.HEAD,
        update,
        "#rev = :base AND #hash = :baseHash"
            + " AND (attribute_not_exists(gaps) OR NOT contains(gaps, :s))",
        values);
  }

  /** Declares a number void; from then on its flip can never succeed. False if head is past it. */
  boolean declareVoid(long number) {
    return table.updateIf(
        Keys.HEAD,
        Keys.HEAD,
        "ADD gaps :void",
        "#rev < :s",
        Map.of(":void", numbers(List.of(number)), ":s", number(number)));
  }

  /** Forgets a gap that is swept; false while head has not passed it, since then it is needed. */
  boolean forgetGap(long number) {
    return table.updateIf(
        Keys.HEAD,
        Keys.HEAD,
        "DELETE gaps :void",
        "#rev > :s",
        Map.of(":void", numbers(List.of(number)), ":s", number(number)));
  }

  /** Raises the floor; false if it is there or higher already, or above head. */
  boolean raiseFloor(long floor) {
    return table.updateIf(
        Keys.HEAD,
        Keys.HEAD,
        "SET floor = :f",
        "floor < :f AND #rev >= :f",
        Map.of(":f", number(floor)));
  }

  /** Moves the epoch from e to e + 1, inside a transaction. */
  TransactWriteItem epochAfter(long epoch) {
    return TransactWriteItem.builder()
        .update(
            b ->
                b.tableName(table.name())
                    .key(Table.key(Keys.HEAD, Keys.HEAD))
                    .updateExpression("SET epoch = :next")
                    .conditionExpression("epoch = :e")
                    .expressionAttributeValues(
                        Map.of(":next", number(epoch + 1), ":e", number(epoch))))
        .build();
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static AttributeValue numbers(Collection<Long> numbers) {
    return AttributeValue.fromNs(numbers.stream().map(String::valueOf).toList());
  }
}
