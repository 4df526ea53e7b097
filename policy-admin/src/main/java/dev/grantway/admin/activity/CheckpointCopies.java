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

  /** The name of a copy: its numbers sort as texts. */
  static String name(long number) {
    return String.format("checkpoint-%010d.json", number);
  }

  /** Whether {@link #name} gave it. */
  static boolean isName(String text) {
    return text.matches("checkpoint-[0-9]{10}\\.json");
  }

  /**
   * Reads a copy.
   *
   * @param where for whoever reads that it is damaged, which an {@link IOException} says
   */
  static SignedCheckpoint read(String text, String where) throws IOException {
    try {
      SignedCheckpoint copy = SignedCheckpoint.read(text);
      copy.checkpoint();
      return copy;
    } catch (IllegalArgumentException damaged) {
      throw new IOException("`" + where + "` is no copy of a checkpoint any more", damaged);
    }
  }

  /** What two different copies of one number mean. */
  static IOException another(String where) {
    return new IOException(
        "`" + where + "` is the copy of another checkpoint: the table was restored, or changed");
  }
}
