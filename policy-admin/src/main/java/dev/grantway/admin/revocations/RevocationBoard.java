package dev.grantway.admin.revocations;

import java.util.List;

/**
 * What is revoked.
 *
 * @param lines those that hold, the latest first
 * @param past of how many others a revocation was lifted or has ended
 */
public record RevocationBoard(List<RevocationLine> lines, int past, Window window) {
  public RevocationBoard {
    lines = List.copyOf(lines);
  }
}
