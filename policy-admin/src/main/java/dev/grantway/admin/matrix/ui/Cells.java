package dev.grantway.admin.matrix.ui;

import dev.grantway.admin.common.Tile;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.CellState;
import dev.grantway.admin.matrix.MatrixCell;
import dev.grantway.admin.matrix.Tally;
import dev.grantway.policy.RoleName;

/** Cells as tiles, and in words for whoever sees no tile. */
final class Cells {
  private static final int FITS = 5;
  private static final int HUNDRED = 100;

  private Cells() {}

  static Tile.Sign sign(MatrixCell cell) {
    return switch (cell.staging()) {
      case MORE -> Tile.Sign.STAGED_MORE;
      case LESS -> Tile.Sign.STAGED_LESS;
      case NONE, OTHERWISE -> sign(cell.now());
    };
  }

  private static Tile.Sign sign(CellState state) {
    return switch (state.access()) {
      case ALLOWED -> Tile.Sign.ALLOW;
      case DENIED -> Tile.Sign.DENY;
      case NONE -> Tile.Sign.NONE;
    };
  }

  static String classes(MatrixCell cell) {
    MatrixCell.Staging staging = cell.staging();
    boolean signed = staging == MatrixCell.Staging.MORE || staging == MatrixCell.Staging.LESS;
    return sign(cell).classes(!signed && cell.now().isInherited())
        + (staging == MatrixCell.Staging.OTHERWISE ? " touched" : "")
        + (cell.now().conditional() ? " when" : "");
  }

  /** {@code support on POST /orders/{id}/refunds: denied, inherited from viewer}. */
  static String label(RoleName role, String route, MatrixCell cell) {
    String text = Words.word("matrix.label", role.value(), route, words(cell.now()));
    return cell.isStaged() ? Words.word("matrix.staged", text, words(cell.before())) : text;
  }

  /** {@code denied, inherited from viewer}. */
  static String words(CellState state) {
    String access = Words.word("access." + state.access().name());
    return access
        + state.source().map(it -> Words.word("matrix.inherited", it.value())).orElse("")
        + (state.conditional() ? Words.word("matrix.conditional") : "");
  }

  static String classes(Tally tally) {
    String kind =
        tally.allowed() == 0
            ? tally.denied() == 0 ? "nothing" : "refused"
            : tally.allowed() == tally.of() ? "everything" : "something";
    return "roll " + kind + (tally.staged() ? " touched" : "");
  }

  /** {@code 12/98}, or the share where that is too long for a cell. */
  static String text(Tally tally) {
    if (tally.allowed() == 0) {
      return tally.denied() == 0 ? "" : "0";
    }
    String counts = tally.allowed() + "/" + tally.of();
    if (counts.length() <= FITS) {
      return counts;
    }
    int share = tally.allowed() * HUNDRED / tally.of();
    return share == 0 ? "<1%" : share + "%";
  }

  /** {@code support below /orders: 12 of 98 routes allowed, 1 denied}. */
  static String label(RoleName role, String path, Tally tally) {
    String text =
        Words.word(
            "matrix.group.label", role.value(), path, tally.allowed(), tally.of(), tally.denied());
    return tally.staged() ? Words.word("matrix.group.staged", text) : text;
  }
}
