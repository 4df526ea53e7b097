package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.BundleKey;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What bundles of made-up rows of the real shape take in the table is what docs/scale.md reckons
 * with: names of 20 to 30 characters, ids of permissions as the app makes them (role, method and
 * path), ids of APIs and subjects at random, no notes and no conditions.
 */
class SizesTest {
  private static final double TOLERANCE = 0.07;
  private static final int READ_UNIT = 4_096;
  private static final int WRITE_UNIT = 1_024;
  private static final List<String> WORDS =
      List.of(
          "account",
          "address",
          "archive",
          "balance",
          "billing",
          "booking",
          "carrier",
          "catalog",
          "channel",
          "charges",
          "claims",
          "courier",
          "credits",
          "customs",
          "delivery",
          "devices",
          "dispatch",
          "finance",
          "freight",
          "invoice",
          "journal",
          "ledger",
          "licence",
          "loyalty",
          "markets",
          "member",
          "notices",
          "orders",
          "partner",
          "payment",
          "payroll",
          "pricing",
          "profile",
          "reports",
          "returns",
          "rewards",
          "shipping",
          "stock",
          "tariffs",
          "vendors");

  private final Random random = new Random(1);
  private final List<String> apis = new ArrayList<>();
  private final List<RoleName> roles = new ArrayList<>();

  /** A line of the table. */
  private record Sized(int rows, int plain, int chunks, int stored, int read, int write) {
    String cells() {
      return String.format(
          Locale.ROOT,
          "%,d | %s | %d | %s | %,d | %,d",
          rows,
          text(plain),
          chunks,
          text(stored),
          read,
          write);
    }

    private static String text(int bytes) {
      double kilo = bytes / 1e3;
      return kilo < 1_000
          ? String.format(Locale.ROOT, kilo < 10 ? "%.1f kB" : "%.0f kB", kilo)
          : String.format(Locale.ROOT, "%.2f MB", kilo / 1e3);
    }
  }

  private static Sized sized(int rows, BundleKey key, byte[] body) {
    List<Item> items = BundleItems.write(key, 123_456, body);
    int stored = 0;
    int write = 0;
    for (Item item : items) {
      int bytes = bytes(item);
      stored += bytes;
      write += (bytes + WRITE_UNIT - 1) / WRITE_UNIT;
    }
    return new Sized(
        rows, body.length, items.size(), stored, (stored + READ_UNIT - 1) / READ_UNIT, write);
  }

  /** As DynamoDB reckons: names and values of all attributes; a number takes some ten bytes. */
  private static int bytes(Item item) {
    int bytes = 0;
    for (Map.Entry<String, AttributeValue> each : item.attributes().entrySet()) {
      AttributeValue value = each.getValue();
      bytes += each.getKey().length();
      bytes +=
          value.b() != null
              ? value.b().asByteArray().length
              : value.s() != null ? value.s().length() : 10;
    }
    return bytes;
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String apiId() {
    var id = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      id.append(Integer.toString(random.nextInt(36), 36));
    }
    return id.toString();
  }

  private RoleName roleName() {
    return new RoleName(word() + "-" + word() + "-" + word() + "-" + (100 + random.nextInt(900)));
  }

  private void make(int howManyRoles, int howManyApis) {
    for (int i = 0; i < howManyRoles; i++) {
      roles.add(roleName());
    }
    for (int i = 0; i < howManyApis; i++) {
      apis.add(apiId());
    }
  }

  private ApiId anApi() {
    return new ApiId(apis.get(random.nextInt(apis.size())));
  }

  private RoleName aRole() {
    return roles.get(random.nextInt(roles.size()));
  }

  private Permission permission(RoleName role, ApiId api, int nth) {
    Action action = List.of(Action.GET, Action.POST, Action.PUT, Action.DELETE).get(nth % 4);
    String path = "/" + word() + "/{id}/" + word() + "/" + nth;
    String id =
        (role + "-" + action + path.replace("/{id}/", "-id-").replace('/', '-'))
            .toLowerCase(Locale.ROOT);
    return new Permission(
        new PermissionId(id),
        role,
        nth % 12 == 0 ? Effect.DENY : Effect.ALLOW,
        api,
        StageScope.EVERY,
        Set.of(action),
        ResourcePattern.parse(path),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  private Sized slice(int rows) {
    RoleName role = aRole();
    ApiId api = anApi();
    var permissions = new TreeMap<PermissionId, StampedPermission>();
    for (int i = 0; i < rows; i++) {
      Permission it = permission(role, api, i);
      permissions.put(it.id(), new StampedPermission(it, 1_000 + random.nextInt(100_000)));
    }
    var slice =
        new Slice(role, api, new TreeSet<>(Set.of(aRole())), List.copyOf(permissions.values()));
    return sized(rows, Keys.slice(role, api), SliceBody.write(slice));
  }

  private Sized api(int rows) {
    var routes = new TreeMap<String, Route>();
    while (routes.size() < rows) {
      String verb = List.of("GET", "POST", "PUT", "DELETE").get(routes.size() % 4);
      String text = verb + " /" + word() + (routes.size() % 2 == 0 ? "" : "/{id}/" + word());
      routes.putIfAbsent(text, Route.parse(text));
      if (routes.size() < rows && random.nextInt(3) == 0) {
        text = verb + " /" + word() + "/{id}/" + word() + "/{item}";
        routes.putIfAbsent(text, Route.parse(text));
      }
    }
    var id = anApi();
    var api =
        new Api(
            id,
            "shop-orders",
            List.of("prod", "test"),
            new RouteTable(ApiType.REST, List.copyOf(routes.values())),
            false);
    return sized(
        rows,
        Keys.api(id),
        RowsBody.write(List.of(new StampedRow(new PolicyRow.OfApi(api), 123_456))));
  }

  private Sized ids(int rows) {
    var places = new TreeMap<PermissionId, NamesBody.IdPlace>();
    while (places.size() < rows) {
      Permission it = permission(aRole(), anApi(), random.nextInt(100));
      places.put(
          it.id(), new NamesBody.IdPlace(new RowKey.OfPermission(it.role(), it.api(), it.id()), 0));
    }
    return sized(rows, new BundleKey("PID#123", ""), NamesBody.writeIds(places));
  }

  private Sized directory(int rows) {
    var entries = new TreeMap<String, RoleEntry>();
    while (entries.size() < rows) {
      RoleName name = roleName();
      SortedSet<ApiId> own = new TreeSet<>();
      while (own.size() < 10) {
        own.add(anApi());
      }
      SortedSet<ApiId> reach = new TreeSet<>(own);
      while (reach.size() < 20) {
        reach.add(anApi());
      }
      var role = new Role(apiId(), name, "", "", new TreeSet<>(Set.of(aRole())));
      entries.put(name.value(), new RoleEntry(role, own, reach, 1_000 + random.nextInt(100_000)));
    }
    return sized(rows, new BundleKey("DIR#07", ""), DirectoryBody.write(entries.values()));
  }

  private Sized apiNames(int rows) {
    var names = new TreeMap<ApiId, String>();
    while (names.size() < rows) {
      names.put(new ApiId(apiId()), word() + "-" + word());
    }
    return sized(rows, Keys.apiNames(), NamesBody.writeApis(names));
  }

  private Sized assignments(int rows) {
    var stamped = new TreeMap<RowKey, StampedRow>();
    while (stamped.size() < rows) {
      var row =
          new PolicyRow.OfAssignment(
              new Assignment(
                  aRole(),
                  "corp",
                  Assignment.Kind.SUBJECT,
                  new UUID(random.nextLong(), random.nextLong()).toString(),
                  null));
      stamped.put(row.key(), new StampedRow(row, 1_000 + random.nextInt(100_000)));
    }
    return sized(rows, Keys.assignments("corp", "07"), RowsBody.write(stamped.values()));
  }

  private Map<String, Sized> all() {
    make(20_000, 10_000);
    var all = new LinkedHashMap<String, Sized>();
    all.put("slice", slice(100));
    all.put("slice, the largest allowed", slice(2_000));
    all.put("API", api(300));
    all.put("permission ids", ids(24_414));
    all.put("permission ids, of 10⁶", ids(244));
    all.put("permission ids, of 10⁶ in 256 shards", ids(3_906));
    all.put("role directory", directory(6_250));
    all.put("list of APIs", apiNames(10_000));
    all.put("assignments, 10⁶ subjects of one issuer", assignments(3_906));
    all.put("the same in 4,096 shards", assignments(244));
    return all;
  }

  @Test
  void thePageReckonsWithWhatBundlesTake() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/scale.md"));
    Map<String, Sized> all = all();
    var table = new StringBuilder("measured:\n");
    all.forEach((name, it) -> table.append("| %s | | %s |\n".formatted(name, it.cells())));
    all.forEach(
        (name, sized) -> {
          String line =
              page.stream()
                  .filter(it -> it.startsWith("| " + name + " |"))
                  .findFirst()
                  .orElse("the page has no `" + name + "`");
          double[] told =
              numbers(line.split(" *\\| *", -1)).stream().mapToDouble(it -> it).toArray();
          double[] right = {
            sized.rows(), sized.plain(), sized.chunks(), sized.stored(), sized.read(), sized.write()
          };
          assertThat(told).as(line + "\n" + table).hasSameSizeAs(right);
          for (int i = 0; i < right.length; i++) {
            assertThat(told[i])
                .as(line + "\n" + table)
                .isCloseTo(right[i], within(Math.max(0.5, right[i] * TOLERANCE)));
          }
        });
  }

  /** Rows, plain, chunks, stored, read and write of a line: cells 3 to 8. */
  private static List<Double> numbers(String[] cells) {
    var numbers = new ArrayList<Double>();
    for (int i = 3; i < Math.min(9, cells.length); i++) {
      String[] parts = cells[i].replace("*", "").replace(",", "").strip().split(" ");
      double unit =
          parts.length == 1
              ? 1
              : switch (parts[1]) {
                case "kB" -> 1e3;
                case "MB" -> 1e6;
                default -> 1;
              };
      if (parts[0].matches("[0-9.]+")) {
        numbers.add(Double.parseDouble(parts[0]) * unit);
      }
    }
    return numbers;
  }
}
