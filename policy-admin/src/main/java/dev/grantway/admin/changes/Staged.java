package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import java.util.List;

/** What became of an edit. */
public sealed interface Staged {

  /** It is in the draft, which is stored. */
  record Done(DraftState draft) implements Staged {}

  /** The policy would not bear it; the draft is as it was. */
  record Refused(List<Objection> why) implements Staged {
    public Refused {
      why = List.copyOf(why);
    }

    public List<Sentence> says() {
      return why.stream().map(Objection::says).toList();
    }
  }
}
