package dev.grantway.store.dynamodb;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.StoreException;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageLog;
import dev.grantway.store.UsageRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Days under {@code USE#{api}#{stage}}: {@code {day}#{kind}#{source}#!} says which parts count,
 * {@code {day}#{kind}#{source}#P#{token}#{part}} hold rows. A day is there once the first names its
 * parts.
 */
final class DynamoUsageLog implements UsageLog {
  private static final long DAYS_KEPT = 400;

  /** With 50 callers each, about 150 kB before they are deflated. */
  private static final int ROWS = 150;

  private static final String PART = "P#";
  private static final String HEAD = "!";

  /** Not `token`, which expressions may not name. */
  private static final String PARTS_OF = "gen";

  /** Left out where there is none, as in what earlier builds wrote. */
  private static final String UNREADABLE = "unreadable";

  private final Table table;

  DynamoUsageLog(Table table) {
    this.table = table;
  }

  @Override
  public void put(UsageDay it) {
    String pk = Keys.usage(it.api(), it.stage());
    String prefix = it.day() + "#" + it.kind() + "#" + it.source() + "#";
    long ttl = it.day().plusDays(DAYS_KEPT).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    Optional<String> before = table.get(pk, prefix + HEAD).map(item -> item.text(PARTS_OF));
    String token = UUID.randomUUID().toString();
    var parts = new ArrayList<Item>();
    for (int from = 0; from < it.rows().size(); from += ROWS) {
      List<UsageRow> some = it.rows().subList(from, Math.min(it.rows().size(), from + ROWS));
      Item.Builder part =
          Item.of(pk, prefix + PART + token + "#" + Keys.digits(parts.size())).number("ttl", ttl);
      Body.put(part, write(some));
      parts.add(part.build());
    }
    parts.forEach(table::put);
    Item.Builder head =
        Item.of(pk, prefix + HEAD)
            .text(PARTS_OF, token)
            .number("parts", parts.size())
            .number("ttl", ttl);
    if (it.unreadable() > 0) {
      head.number(UNREADABLE, it.unreadable());
    }
    boolean named =
        before.isEmpty()
            ? table.putNew(head.build())
            : table.putIf(
                head.build(),
                PARTS_OF + " = :before",
                Map.of(":before", AttributeValue.fromS(before.get())));
    if (!named) {
      // Somebody else has just put what the same log told.
      table.deleteAll(parts);
      return;
    }
    before.ifPresent(
        old -> {
          String of = prefix + PART + old + "#";
          table.deleteAll(table.all(new Table.Range(pk, of, of + Keys.END)));
        });
  }

  private static byte[] write(List<UsageRow> rows) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("rows");
          for (UsageRow row : rows) {
            json.writeStartObject();
            json.writeStringField("route", row.route());
            json.writeStringField(
                "roles",
                row.roles().stream().map(RoleName::value).collect(Collectors.joining(" ")));
            json.writeNumberField("allowed", row.allowed());
            json.writeNumberField("refused", row.refused());
            json.writeStringField("last", row.last().toString());
            json.writeStringField("callers", String.join(" ", row.callers()));
            json.writeBooleanField("more", row.moreCallers());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Read anew once where a source was replaced meanwhile. */
  @Override
  public List<UsageDay> days(ApiId api, String stage, LocalDate from, LocalDate to) {
    return read(api, stage, from, to)
        .or(() -> read(api, stage, from, to))
        .orElseThrow(
            () ->
                new StoreException.Unavailable(
                    "the use of `" + api + "` is being written just now: ask again", null));
  }

  private Optional<List<UsageDay>> read(ApiId api, String stage, LocalDate from, LocalDate to) {
    var heads = new ArrayList<Item>();
    Map<String, List<UsageRow>> rows = new HashMap<>();
    Map<String, Integer> parts = new HashMap<>();
    table.each(
        new Table.Range(Keys.usage(api, stage), from.toString(), to + "#" + Keys.END),
        item -> {
          String[] key = item.sk().split("#", -1);
          if (key.length == 4) {
            heads.add(item);
          } else {
            rows.computeIfAbsent(key[4], token -> new ArrayList<>()).addAll(rows(item));
            parts.merge(key[4], 1, Integer::sum);
          }
        });
    var days = new ArrayList<UsageDay>();
    for (Item head : heads) {
      String token = head.text(PARTS_OF);
      if (parts.getOrDefault(token, 0) != head.number("parts")) {
        return Optional.empty();
      }
      String[] key = head.sk().split("#", -1);
      days.add(
          new UsageDay(
              api,
              stage,
              LocalDate.parse(key[0]),
              key[2],
              UsageDay.Kind.valueOf(key[1]),
              rows.getOrDefault(token, List.of()),
              head.has(UNREADABLE) ? head.number(UNREADABLE) : 0));
    }
    return Optional.of(days);
  }

  private static List<UsageRow> rows(Item part) {
    try {
      return CanonicalJson.readLong(Body.get(part))
          .as(json -> json.objects("rows", DynamoUsageLog::row));
    } catch (IllegalArgumentException e) {
      throw new StoreException.Unavailable(
          "use `" + part.sk() + "` is damaged: read its log again", e);
    }
  }

  private static UsageRow row(JsonObject json) {
    return new UsageRow(
        json.text("route"),
        words(json.text("roles")).stream()
            .map(RoleName::new)
            .collect(Collectors.toCollection(TreeSet::new)),
        json.number("allowed"),
        json.number("refused"),
        json.requiredInstant("last"),
        words(json.text("callers")),
        json.flag("more"));
  }

  private static SortedSet<String> words(String text) {
    return text.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(text.split(" ", -1)));
  }
}
