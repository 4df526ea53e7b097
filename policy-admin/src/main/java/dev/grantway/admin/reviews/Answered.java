package dev.grantway.admin.reviews;

import dev.grantway.admin.changes.Objection;
import java.util.List;

/** What became of answers. */
public sealed interface Answered {

  /** They are stored; the lines as they are now. */
  record Done(List<QueueLine> lines) implements Answered {
    public Done {
      lines = List.copyOf(lines);
    }
  }

  /** None is stored: somebody else answered some of the lines meanwhile, which are now so. */
  record Overtaken(List<QueueLine> lines) implements Answered {
    public Overtaken {
      lines = List.copyOf(lines);
    }
  }

  /** None is stored. */
  record Refused(Objection why) implements Answered {}
}
