package dev.grantway.admin.reviews;

import java.util.List;

/**
 * Some lines of a campaign.
 *
 * @param next where to go on; 0: nowhere
 */
public record Queue(List<QueueLine> lines, int next) {
  public Queue {
    lines = List.copyOf(lines);
  }
}
