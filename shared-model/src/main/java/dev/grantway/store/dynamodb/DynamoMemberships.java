package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The membership list under {@code MEMBERS}: parts under a name of their own, and one item that
 * says which of them count. A list is there once that item names it; parts that nothing names are
 * removed by an import a day later.
 */
final class DynamoMemberships implements Memberships {
  private static final String NAMED = "!";

  /** Of the longest names these stay far below what an item may hold. */
  private static final int ROWS = 500;

  private static final Duration LEFT_OVER = Duration.ofDays(1);

  /** No value holds one. */
  private static final String BETWEEN = "\t";

  private final Table table;
  private final Clock clock;

  DynamoMemberships(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  @Override
  public void replace(MembershipList list) {
    String before = table.get(Keys.MEMBERS, NAMED).map(item -> item.text("token")).orElse("");
    String token = UUID.randomUUID().toString();
    int parts = 0;
    for (int from = 0; from < list.rows().size(); from += ROWS) {
      int to = Math.min(list.rows().size(), from + ROWS);
      table.put(part(token, parts++, list.rows().subList(from, to)));
    }
    table.put(
        Item.of(Keys.MEMBERS, NAMED)
            .text("token", token)
            .number("parts", parts)
            .text("at", list.at().toString())
            .text("by", list.by())
            .build());
    removeOld(before, token);
  }

  private Item part(String token, int number, List<Membership> rows) {
    Item.Builder part =
        Item.of(Keys.MEMBERS, sk(token, number)).text("at", clock.instant().toString());
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

  private static String sk(String token, int number) {
    return "P#" + token + "#" + String.format("%04d", number);
  }

  /** Those of the list before, and those that an import which died has left. */
  private void removeOld(String before, String now) {
    Instant old = clock.instant().minus(LEFT_OVER);
    var done = new ArrayList<Item>();
    table.each(
        new Table.Range(Keys.MEMBERS, "P#", "P#" + Keys.END),
        item -> {
          String token = item.sk().split("#", -1)[1];
          boolean leftOver = Instant.parse(item.text("at")).isBefore(old);
          if (token.equals(before) || leftOver && !token.equals(now)) {
            done.add(Item.of(item.pk(), item.sk()).build());
          }
        });
    table.deleteAll(done);
  }

  /** Read anew once where another list took its place meanwhile. */
  @Override
  public Optional<MembershipList> list() {
    Optional<Item> named = table.get(Keys.MEMBERS, NAMED);
    if (named.isEmpty()) {
      return Optional.empty();
    }
    return read(named.get())
        .or(() -> table.get(Keys.MEMBERS, NAMED).flatMap(this::read))
        .or(
            () -> {
              throw damaged("lacks a part", null);
            });
  }

  private Optional<MembershipList> read(Item named) {
    String prefix = "P#" + named.text("token") + "#";
    List<Item> parts = table.all(new Table.Range(Keys.MEMBERS, prefix, prefix + Keys.END));
    return parts.size() == named.number("parts")
        ? Optional.of(
            new MembershipList(
                Instant.parse(named.text("at")),
                named.text("by"),
                parts.stream().flatMap(part -> rows(part).stream()).toList()))
        : Optional.empty();
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
    return new StoreException.Unavailable("the membership list " + how + ": import it again", e);
  }
}
