package dev.grantway.store;

import dev.grantway.revision.Sha256;
import dev.grantway.wiring.WiringFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the last look at a stage's wiring found.
 *
 * @param at when
 * @param problem why API Gateway did not tell it; empty where it did
 * @param facts what API Gateway told last, whenever that was; empty before it ever did
 * @param read when it told that; {@link Instant#EPOCH} before it ever did
 * @param accepted the facts that are taken for right, against which others are drift
 * @param found what is wrong, errors first; of the facts, so that it stands while they cannot be
 *     read anew
 */
public record WiringCheck(
    Instant at,
    String problem,
    SortedMap<String, String> facts,
    Instant read,
    SortedMap<String, String> accepted,
    List<Found> found) {

  /**
   * Something that is wrong.
   *
   * @param since when a check first found it
   * @param commands the change as lines of a shell
   * @param construct the change as the CDK construct has it; empty where it has none
   */
  public record Found(WiringFault fault, Instant since, List<String> commands, String construct) {
    public Found {
      commands = List.copyOf(commands);
    }
  }

  public WiringCheck {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    accepted = Collections.unmodifiableSortedMap(new TreeMap<>(accepted));
    found = List.copyOf(found);
  }

  /** A hash of the facts: what somebody who saw them takes for right, and nothing else. */
  public String state() {
    var text = new StringBuilder();
    facts.forEach((name, value) -> text.append(name).append('\0').append(value).append('\0'));
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether API Gateway told how it is: otherwise nobody knows, whatever is listed. */
  public boolean isRead() {
    return problem.isEmpty();
  }
}
