package dev.grantway.admin.simulate;

import java.time.Instant;
import java.util.List;

/**
 * Some of the policy's tests.
 *
 * @param lines by name
 * @param matching how many the filter leaves
 * @param all how many there are
 * @param failingLive how many of all fail without the draft
 * @param failingDraft how many of all fail with it
 * @param at when they were run
 */
public record TestsPage(
    List<TestLine> lines, int matching, int all, int failingLive, int failingDraft, Instant at) {
  public TestsPage {
    lines = List.copyOf(lines);
  }
}
