package dev.grantway.admin.revocations;

import java.util.List;

/**
 * What is revoked.
 *
 * @param lines those that hold, the latest first
 * @param past how many entries of the log were lifted or have ended
 */
public record RevocationBoard(List<RevocationLine> lines, int past, Window window) {
  public RevocationBoard {
    lines = List.copyOf(lines);
  }
}
