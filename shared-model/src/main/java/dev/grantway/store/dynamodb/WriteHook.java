package dev.grantway.store.dynamodb;

/**
 * Stands before and after every write request; what it throws ends the writer there. For tests that
 * kill or pause a publisher, and for whoever wants to count writes.
 */
public interface WriteHook {
  WriteHook NONE =
      new WriteHook() {
        @Override
        public void before(String pk, String sk) {}

        @Override
        public void after(String pk, String sk) {}
      };

  /** Called for each item about to be written. */
  void before(String pk, String sk);

  /** Called for each item that was written. */
  void after(String pk, String sk);
}
