package dev.grantway.store.dynamodb;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.Heartbeats;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What an authorizer reads, straight from the table; it holds nothing back. */
public final class DynamoPolicyReader implements PolicyReader {
  private final HeadItem head;
  private final Bundles bundles;
  private final Revocations revocations;
  private final Heartbeats heartbeats;

  public DynamoPolicyReader(DynamoDbClient client, String table) {
    this(Table.of(client, table));
  }

  DynamoPolicyReader(Table table) {
    this.head = new HeadItem(table);
    this.bundles = new Bundles(table);
    this.revocations = new Revocations(table);
    this.heartbeats = new DynamoHeartbeats(table);
  }

  /** Where an instance that reads here reports itself, if it may write. */
  public Heartbeats heartbeats() {
    return heartbeats;
  }

  @Override
  public Head head() {
    return head.read();
  }

  @Override
  public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
    return read(Keys.slice(role, api), at, json -> SliceBody.read(json, role, api));
  }

  @Override
  public Bundle<Api> api(ApiId id, Head at) {
    Bundle<List<Api>> rows =
        read(
            Keys.api(id),
            at,
            json ->
                RowsBody.read(json).values().stream()
                    .map(row -> ((PolicyRow.OfApi) row.row()).api())
                    .toList());
    Api api = rows.value().stream().flatMap(List::stream).findFirst().orElse(null);
    return new Bundle<>(rows.key(), rows.readAt(), rows.from(), api);
  }

  @Override
  public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
    return assignments(Keys.subjects(issuer, subject), at);
  }

  @Override
  public Bundle<Assignments> clients(String issuer, Head at) {
    return assignments(Keys.assignments(issuer, "clients"), at);
  }

  @Override
  public Bundle<Assignments> groups(String issuer, Head at) {
    return assignments(Keys.assignments(issuer, "groups"), at);
  }

  private Bundle<Assignments> assignments(BundleKey key, Head at) {
    return read(
        key,
        at,
        json -> {
          var byValue = new HashMap<String, List<Assignment>>();
          for (var row : RowsBody.read(json).values()) {
            Assignment it = View.assignment(row);
            byValue.computeIfAbsent(it.value(), value -> new ArrayList<>()).add(it);
          }
          return new Assignments(byValue);
        });
  }

  @Override
  public List<Revocation> revocations(long since) {
    return revocations.after(since);
  }

  private <T> Bundle<T> read(BundleKey key, Head at, Function<JsonObject, T> reader) {
    return bundles
        .read(key, at)
        .map(raw -> new Bundle<>(key, at.revision(), raw.from(), raw.as(reader)))
        .orElseGet(() -> new Bundle<>(key, at.revision(), 0, null));
  }
}
