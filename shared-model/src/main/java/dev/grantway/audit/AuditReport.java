package dev.grantway.audit;

import java.util.List;

/**
 * What a verification found.
 *
 * @param faults in the order in which records were read: the first names the first bad record; no
 *     more than 1,000
 * @param facts what was read, for people
 * @param unproved what could not be seen, and what would show it
 */
public record AuditReport(
    long revisions,
    long changes,
    long activities,
    long writers,
    long checkpoints,
    List<Fault> faults,
    List<String> facts,
    List<String> unproved) {

  public AuditReport {
    faults = List.copyOf(faults);
    facts = List.copyOf(facts);
    unproved = List.copyOf(unproved);
  }

  public boolean isGood() {
    return faults.isEmpty();
  }
}
