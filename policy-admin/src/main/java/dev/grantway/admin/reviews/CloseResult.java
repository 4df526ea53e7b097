package dev.grantway.admin.reviews;

import dev.grantway.admin.changes.Objection;
import dev.grantway.review.Closed;
import java.util.List;

/** What became of closing a campaign. */
public sealed interface CloseResult {

  /** Its report is whole, perhaps since long ago. */
  record Done(Closed closed) implements CloseResult {}

  /** It is not closed, or closing it has not ended: it may be repeated. */
  record Refused(List<Objection> why) implements CloseResult {
    public Refused {
      why = List.copyOf(why);
    }
  }
}
