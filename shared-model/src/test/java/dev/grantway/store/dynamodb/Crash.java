package dev.grantway.store.dynamodb;

/** The process dies here: no handler of the code under test may run. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  /** Dies before the write with that index, counted from 0. */
  static WriteHook before(int index) {
    return at(
        index,
        () -> {
          throw new Crash();
        });
  }

  /** Dies after the first write to that partition. */
  static WriteHook after(String partition) {
    return new WriteHook() {
      @Override
      public void before(String pk, String sk) {}

      @Override
      public void after(String pk, String sk) {
        if (pk.equals(partition)) {
          throw new Crash();
        }
      }
    };
  }

  /** Does something else before the write with that index. */
  static WriteHook at(int index, Runnable action) {
    return new WriteHook() {
      private int count;

      @Override
      public void before(String pk, String sk) {
        if (count++ == index) {
          action.run();
        }
      }

      @Override
      public void after(String pk, String sk) {}
    };
  }

  /** Counts writes. */
  static final class Counter implements WriteHook {
    int count;

    @Override
    public void before(String pk, String sk) {}

    @Override
    public void after(String pk, String sk) {
      count++;
    }
  }
}
