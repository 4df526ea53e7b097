package dev.grantway.analysis;

import java.util.List;

/**
 * The grants of one role in one stage that a change gains, loses, or leaves with other conditions,
 * after inheritance, wildcards and denials. Each list is in the order of methods and templates as
 * texts.
 */
public record EffectiveChange(List<Grant> gained, List<Grant> lost, List<Grant> changed) {
  public static final EffectiveChange NOTHING =
      new EffectiveChange(List.of(), List.of(), List.of());

  public EffectiveChange {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    changed = List.copyOf(changed);
  }

  public boolean isNothing() {
    return gained.isEmpty() && lost.isEmpty() && changed.isEmpty();
  }
}
