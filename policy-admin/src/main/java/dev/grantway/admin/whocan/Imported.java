package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Sentence;
import java.util.List;

/** What became of an import. */
public sealed interface Imported {

  /** The list is in the place of the one before. */
  record Done(int rows) implements Imported {}

  /** Nothing was imported; why, line by line. */
  record Refused(List<Sentence> why) implements Imported {
    public Refused {
      why = List.copyOf(why);
    }
  }
}
