package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Sentence;
import java.util.List;

/** What became of an import. */
public sealed interface Imported {

  /**
   * The list is in the place of the one before.
   *
   * @param rows each once
   * @param repeated how many lines of the file said again what another had said
   */
  record Done(int rows, int repeated) implements Imported {}

  /** Nothing was imported; why, line by line. */
  record Refused(List<Sentence> why) implements Imported {
    public Refused {
      why = List.copyOf(why);
    }
  }
}
