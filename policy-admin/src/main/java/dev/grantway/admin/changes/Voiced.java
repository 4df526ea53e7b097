package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import java.util.List;

/** What became of an approval, a rejection, a comment or a time to publish at. */
public sealed interface Voiced {

  /** It is stored with the draft. */
  record Done(Review review) implements Voiced {}

  /** It is not stored: the draft is another than the one that was looked at, or has ended. */
  record Moved(DraftState draft) implements Voiced {}

  /** It is not stored, and would count for nothing. */
  record Refused(List<Objection> why) implements Voiced {
    public Refused {
      why = List.copyOf(why);
    }

    public List<Sentence> says() {
      return why.stream().map(Objection::says).toList();
    }
  }
}
