package dev.grantway.admin.activity;

import dev.grantway.audit.SignedCheckpoint;
import java.io.IOException;
import java.util.List;

/**
 * Where copies of checkpoints are kept outside: best where whoever may change the table can add and
 * neither change nor remove.
 */
interface CheckpointCopies {
  /** Keeps none. */
  CheckpointCopies NONE =
      new CheckpointCopies() {
        @Override
        public void copy(SignedCheckpoint checkpoint) {}

        @Override
        public List<SignedCheckpoint> newest(int most) {
          return List.of();
        }
      };

  /**
   * Adds a copy. One that is there stays as it is.
   *
   * @throws IOException also where another of that number is there
   */
  void copy(SignedCheckpoint checkpoint) throws IOException;

  /** The copies of the highest numbers, by their numbers. */
  List<SignedCheckpoint> newest(int most) throws IOException;
}
