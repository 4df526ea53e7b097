package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The membership lists under {@code MEMBERS}: parts under a name of their own, and for each list
 * one item, put last, that says which parts are it. Nothing of a list is ever changed; one that
 * says what the list before says has the parts of that. Lists come one after the other, by {@code
 * T}.
 */
final class DynamoMemberships implements Memberships {
  private static final String LIST = "V#";
  private static final String PART = "P#";

  /** Named the one list that was kept before lists were kept for good; the first, if any. */
  private static final String FIRST = "!";

  /** Named by what was added last: two lists are never added after the same one. */
  private static final String TURN = "T";

  /** Of the longest names these stay far below what an item may hold. */
  private static final int ROWS = 500;

  /** After the instant at which parts were begun, in the name of all that are not of before. */
  private static final String BEGUN = "_";

  /** No value holds one. */
  private static final String BETWEEN = "\t";

  private final Table table;

  DynamoMemberships(Table table) {
    this.table = table;
  }

  /** The parts of a list. */
  private record Parts(String token, long count) {
    static Parts of(Item named) {
      return new Parts(named.text("token"), named.number("parts"));
    }
  }

  @Override
  public Optional<MembershipList> addAfter(@Nullable Instant lastOrNull, MembershipList list) {
    Optional<Item> turn = table.get(Keys.MEMBERS, TURN);
    Optional<Item> before = last(Keys.END);
    if (!before.map(DynamoMemberships::at).equals(Optional.ofNullable(lastOrNull))) {
      return Optional.empty();
    }
    MembershipList kept = list.after(before.map(DynamoMemberships::at));
    String sum = kept.sha256();
    Parts parts =
        before
            .filter(it -> it.has("sum") && it.text("sum").equals(sum) && isWhole(it))
            .map(Parts::of)
            .orElseGet(() -> put(list));
    Item named = named(kept, sum, parts);
    return table.transact(named.pk(), named.sk(), List.of(putNew(named), take(turn, kept)))
        ? Optional.of(kept)
        : Optional.empty();
  }

  private TransactWriteItem putNew(Item item) {
    return TransactWriteItem.builder()
        .put(
            b ->
                b.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  /** Fails where another list was added since that turn was read. */
  private TransactWriteItem take(Optional<Item> turn, MembershipList kept) {
    Item next = Item.of(Keys.MEMBERS, TURN).text("last", kept.at().toString()).build();
    Put.Builder put = Put.builder().tableName(table.name()).item(next.attributes());
    turn.ifPresentOrElse(
        it ->
            put.conditionExpression("#last = :last")
                .expressionAttributeNames(Map.of("#last", "last"))
                .expressionAttributeValues(Map.of(":last", AttributeValue.fromS(it.text("last")))),
        () -> put.conditionExpression("attribute_not_exists(pk)"));
    return TransactWriteItem.builder().put(put.build()).build();
  }

  /** Whether it can be read: only parts that can are taken again, so that an import mends. */
  private boolean isWhole(Item named) {
    try {
      var _ = read(named);
      return true;
    } catch (StoreException.Damaged damaged) {
      return false;
    }
  }

  private static Item named(MembershipList list, String sum, Parts parts) {
    return Item.of(Keys.MEMBERS, LIST + Keys.instant(list.at()))
        .text("token", parts.token())
        .number("parts", parts.count())
        .text("at", list.at().toString())
        .text("by", list.by())
        .text("sum", sum)
        .build();
  }

  private Parts put(MembershipList list) {
    String token = Keys.instant(list.at()) + BEGUN + UUID.randomUUID();
    List<Membership> rows = list.rows();
    int parts = 0;
    for (int from = 0; from < rows.size(); from += ROWS) {
      int to = Math.min(rows.size(), from + ROWS);
      table.put(part(token, parts++, rows.subList(from, to)));
    }
    return new Parts(token, parts);
  }

  private static Item part(String token, int number, List<Membership> rows) {
    Item.Builder part = Item.of(Keys.MEMBERS, sk(token) + String.format("%04d", number));
    Body.put(
        part,
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("rows");
              for (Membership it : rows) {
                json.writeString(String.join(BETWEEN, it.issuer(), it.subject(), it.group()));
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
    return part.build();
  }

  private static String sk(String token) {
    return PART + token + "#";
  }

  private static Instant at(Item named) {
    return Instant.parse(named.text("at"));
  }

  @Override
  public Optional<MembershipList> list() {
    return last(Keys.END).map(this::read);
  }

  @Override
  public Optional<Instant> newest() {
    return last(Keys.END).map(DynamoMemberships::at);
  }

  @Override
  public Optional<MembershipList> asOf(Instant instant) {
    return last(Keys.instant(instant)).filter(it -> !at(it).isAfter(instant)).map(this::read);
  }

  /** The last of those whose instant, as keys have it, is that or an earlier one. */
  private Optional<Item> last(String instant) {
    var until = new Table.Range(Keys.MEMBERS, LIST, LIST + instant).last(1);
    return table.query(until, Map.of()).items().stream()
        .findFirst()
        .or(() -> table.get(Keys.MEMBERS, FIRST));
  }

  private MembershipList read(Item named) {
    List<Item> parts = table.all(range(sk(named.text("token"))));
    if (parts.size() != named.number("parts")) {
      throw damaged("lacks a part", null);
    }
    var list =
        new MembershipList(
            at(named),
            named.text("by"),
            parts.stream().flatMap(part -> rows(part).stream()).toList());
    if (named.has("sum") && !named.text("sum").equals(list.sha256())) {
      throw damaged("is not what was imported: its hash is another", null);
    }
    return list;
  }

  private static Table.Range range(String prefix) {
    return new Table.Range(Keys.MEMBERS, prefix, prefix + Keys.END);
  }

  private static List<Membership> rows(Item part) {
    try {
      return CanonicalJson.read(Body.get(part))
          .as(json -> json.texts("rows").stream().map(DynamoMemberships::row).toList());
    } catch (IllegalArgumentException e) {
      throw damaged("is not what was written: " + e.getMessage(), e);
    }
  }

  private static Membership row(String text) {
    String[] parts = text.split(BETWEEN, -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a row needs an issuer, a subject and a group");
    }
    return new Membership(parts[0], parts[1], parts[2]);
  }

  private static StoreException damaged(String how, @Nullable Throwable e) {
    return new StoreException.Damaged(
        "a membership list " + how + ": import it again, which mends answers from now on", e);
  }

  /**
   * Retention: removes the lists that were out of force by then, first their names, and parts that
   * no list names, of imports that died or of a retention that did. An import that is at it is
   * younger.
   *
   * @param floor a day ago or longer
   */
  void keepFrom(Instant floor) {
    List<Item> lists =
        Stream.concat(table.get(Keys.MEMBERS, FIRST).stream(), table.all(range(LIST)).stream())
            .toList();
    int kept = 0;
    while (kept + 1 < lists.size() && !at(lists.get(kept + 1)).isAfter(floor)) {
      kept++;
    }
    List<Item> over = lists.subList(0, kept);
    var named = new HashSet<String>();
    lists.subList(kept, lists.size()).forEach(it -> named.add(it.text("token")));
    var done = new ArrayList<>(over);
    over.stream()
        .map(it -> it.text("token"))
        .distinct()
        .filter(token -> !named.contains(token))
        .forEach(token -> done.addAll(table.all(range(sk(token)))));
    table.deleteAll(done);
    removeNameless(named, floor);
  }

  private void removeNameless(Set<String> named, Instant floor) {
    Optional<String> token = tokenFrom(PART);
    while (token.isPresent()) {
      if (!named.contains(token.get()) && isBegunBefore(floor, token.get())) {
        table.deleteAll(table.all(range(sk(token.get()))));
      }
      token = tokenFrom(sk(token.get()) + Keys.END);
    }
  }

  private Optional<String> tokenFrom(String from) {
    var next = new Table.Range(Keys.MEMBERS, from, PART + Keys.END).first(1);
    return table.query(next, Map.of()).items().stream()
        .findFirst()
        .map(it -> it.sk().substring(PART.length(), it.sk().lastIndexOf('#')));
  }

  private static boolean isBegunBefore(Instant floor, String token) {
    int end = token.indexOf(BEGUN);
    return end > 0 && token.substring(0, end).compareTo(Keys.instant(floor)) < 0;
  }
}
