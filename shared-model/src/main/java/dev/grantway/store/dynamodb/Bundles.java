package dev.grantway.store.dynamodb;

import dev.grantway.store.BundleKey;
import dev.grantway.store.Head;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Reads the version of a bundle that is live at a revision: numbers stand inverted in sort keys, so
 * it is the first item of a query, after those of gaps. The cost does not depend on history
 * (REV-07).
 */
final class Bundles {
  /** The client keeps few idle connections; more requests at once pay for new ones each time. */
  private static final int AT_ONCE = 16;

  /** The first item decides, unless it is of a gap. */
  private static final int WERE_THERE = 4;

  private final Table table;
  private final HeadItem head;

  Bundles(Table table) {
    this.table = table;
    this.head = new HeadItem(table);
  }

  /**
   * The bundle as of a revision, or nothing if there is none. One that is torn is read again after
   * a look at head (REV-08); if it still is, {@link StoreException.Torn}.
   */
  Optional<RawBundle> read(BundleKey key, Head at) {
    try {
      return tryRead(key, at);
    } catch (IllegalArgumentException first) {
      Head now = head.read();
      if (now.floor() > at.revision()) {
        throw new StoreException.NotKept(at.revision(), now.floor());
      }
      try {
        return tryRead(key, at);
      } catch (IllegalArgumentException again) {
        throw new StoreException.Torn(key, String.valueOf(again.getMessage()));
      }
    }
  }

  /** Reads bundles at the same time, sixteen at most; their order is that of the keys. */
  List<Optional<RawBundle>> readAll(List<BundleKey> keys, Head at) {
    return together(keys, key -> read(key, at));
  }

  private static <T> List<T> together(List<BundleKey> keys, Function<BundleKey, T> read) {
    if (keys.size() < 2) {
      return keys.stream().map(read).toList();
    }
    int most = Math.min(AT_ONCE, keys.size());
    try (var threads = Executors.newFixedThreadPool(most, Thread.ofVirtual().factory())) {
      List<CompletableFuture<T>> reads =
          keys.stream()
              .map(key -> CompletableFuture.supplyAsync(() -> read.apply(key), threads))
              .toList();
      try {
        return reads.stream().map(CompletableFuture::join).toList();
      } finally {
        // After a failure nobody waits for what was not begun.
        reads.forEach(each -> each.cancel(false));
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw e;
    }
  }

  private Optional<RawBundle> tryRead(BundleKey key, Head at) {
    var range =
        new Table.Range(
            key.partition(), key.prefix() + Keys.inv(at.revision()), key.prefix() + Keys.END);
    Table.Found found = table.query(range.first(1), Map.of());
    while (true) {
      for (Item item : found.items()) {
        long number = numberOf(key, item);
        if (at.isVisible(number)) {
          return Optional.of(new RawBundle(key, number, whole(key, number, item)));
        }
      }
      if (!found.more()) {
        return Optional.empty();
      }
      found = table.query(range.first(1), found.next());
    }
  }

  private byte[] whole(BundleKey key, long number, Item first) {
    if (!first.sk().equals(Keys.chunk(key, number, 0))) {
      throw new IllegalArgumentException("lacks chunk 0");
    }
    var chunks = new ArrayList<>(List.of(first));
    if (first.number("of") > 1) {
      chunks.addAll(
          table.all(
              new Table.Range(
                  key.partition(),
                  Keys.chunk(key, number, 1),
                  key.prefix() + Keys.inv(number) + Keys.END)));
    }
    return BundleItems.read(key, number, chunks);
  }

  /** The number in the sort key; the attribute must say the same. */
  private static long numberOf(BundleKey key, Item item) {
    String rest = item.sk().substring(key.prefix().length());
    if (rest.length() != 13 || rest.charAt(10) != '#') {
      throw new IllegalArgumentException("has the odd sort key `" + item.sk() + "`");
    }
    long number = Keys.number(rest.substring(0, 10));
    if (item.number("from") != number) {
      throw new IllegalArgumentException("has a number other than its sort key's");
    }
    return number;
  }

  /**
   * For each of these beginnings of keys, whether any such bundle was ever visible, as far as it is
   * still stored.
   */
  List<Boolean> wereThere(List<BundleKey> prefixes, Head at) {
    return together(prefixes, prefix -> wereThere(prefix, at));
  }

  private boolean wereThere(BundleKey prefix, Head at) {
    var range =
        new Table.Range(prefix.partition(), prefix.prefix() + "!", prefix.prefix() + Keys.END);
    Table.Found found = table.query(range.first(WERE_THERE), Map.of());
    while (true) {
      if (found.items().stream().anyMatch(item -> at.isVisible(item.number("from")))) {
        return true;
      }
      if (!found.more()) {
        return false;
      }
      found = table.query(range.first(WERE_THERE), found.next());
    }
  }

  /** Every stored item of one number of a bundle. */
  List<Item> items(BundleKey key, long number) {
    return table.all(
        new Table.Range(
            key.partition(),
            Keys.chunk(key, number, 0),
            key.prefix() + Keys.inv(number) + Keys.END));
  }

  /** Every stored item of numbers below that one, the oldest first. */
  List<Item> below(BundleKey key, long number) {
    return table.all(
        new Table.Range(
            key.partition(),
            key.prefix() + Keys.inv(number - 1),
            key.prefix() + Keys.END,
            0,
            true));
  }
}
