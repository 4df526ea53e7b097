package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.revision.Revision;
import java.util.List;

/** How a publish from the draft ended, for the page to say. */
public sealed interface Outcome {

  /** It is live; authorizers see it within their maximum age. */
  record Published(Revision revision) implements Outcome {}

  /** Nothing was applied: somebody published in between, or edited the draft; look again. */
  record Moved(DraftState draft) implements Outcome {}

  /** Nothing was applied: the policy or its rules would not bear it. */
  record Refused(List<Objection> why) implements Outcome {
    public Refused {
      why = List.copyOf(why);
    }

    public List<Sentence> says() {
      return why.stream().map(Objection::says).toList();
    }
  }

  /** Nothing was applied: the table does not answer. */
  record TableDown(InForce stillInForce) implements Outcome {}

  /** The table stopped answering half way, and whether this became live is not known. */
  record Unknown(long number, InForce before) implements Outcome {}
}
