package dev.grantway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** When something read before is still right. */
class HeadTest {
  private static Head head(long revision, String hash, Touched touched) {
    return new Head(revision, hash, Instant.EPOCH, new TreeSet<>(), 0, touched, 0);
  }

  private static BundleKey key(int index) {
    return new BundleKey("ROLE#r" + index, "A#a#");
  }

  @Test
  void whatWasTouchedNeverStillHolds() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("HeadTest seed " + seed);
    var random = new Random(seed);
    Touched touched = Touched.NOTHING;
    Map<BundleKey, Long> last = new HashMap<>();
    int held = 0;
    for (long revision = 1; revision <= 200; revision++) {
      Set<BundleKey> keys = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        keys.add(key(random.nextInt(2_000)));
      }
      touched = Touched.of(touched.after(revision, keys).bytes());
      for (BundleKey key : keys) {
        last.put(key, revision);
      }
      Head head = head(revision, "h", touched);
      for (int i = 0; i < 50; i++) {
        BundleKey key = key(random.nextInt(2_000));
        long readAt = random.nextLong(revision + 1);
        if (head.stillHolds(key, readAt)) {
          held++;
          assertThat(last.getOrDefault(key, 0L)).isLessThanOrEqualTo(readAt);
        }
      }
    }
    assertThat(held).as("a vector that holds nothing is useless").isGreaterThan(1_000);
  }

  @Test
  void nothingReadLaterThanHeadHolds() {
    assertThat(head(3, "h", Touched.NOTHING).stillHolds(key(1), 4)).isFalse();
  }

  @Test
  void aRestoredTableIsNoticed() {
    Head before = head(10, "a", Touched.NOTHING);
    assertThat(head(10, "a", Touched.NOTHING).continues(before)).isTrue();
    assertThat(head(11, "b", Touched.NOTHING).continues(before)).isTrue();
    assertThat(head(10, "b", Touched.NOTHING).continues(before)).isFalse();
    assertThat(head(9, "c", Touched.NOTHING).continues(before)).isFalse();
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> Touched.of(new byte[2047]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Where a key falls is stored in tables: it must never change. */
  @Test
  void bucketsAreFixed() {
    assertThat(new BundleKey("ROLE#clerk", "A#a1b2c3d4e5#").bucket()).isEqualTo(365);
  }
}
