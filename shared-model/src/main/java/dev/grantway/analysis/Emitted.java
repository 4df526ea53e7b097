package dev.grantway.analysis;

import dev.grantway.compile.Compilation;
import java.util.List;

/**
 * A policy document as the authorizer would hand it out.
 *
 * @param bytes of the exact document where there is one, else at least so many
 * @param json what is handed out, byte for byte but for account and region
 * @param lost what is granted and refused all the same, where it is not exact
 */
public record Emitted(int bytes, Fit fit, List<String> lost, String json) {

  /** Whether it allows exactly what the permissions allow. */
  public enum Fit {
    EXACT,
    /** No exact document exists under the cache key. */
    NOT_REPRESENTABLE,
    /** The exact one is over the budget. */
    OVERSIZED
  }

  public Emitted {
    lost = List.copyOf(lost);
  }

  /** What the compiler came to. */
  public static Emitted of(Compilation compilation) {
    String json = compilation.emitted().json();
    return switch (compilation) {
      case Compilation.Compiled compiled ->
          new Emitted(compiled.bytes(), Fit.EXACT, List.of(), json);
      case Compilation.NotRepresentable not ->
          new Emitted(not.subset().bytes(), Fit.NOT_REPRESENTABLE, not.lost(), json);
      case Compilation.TooLarge large ->
          new Emitted(large.bytes(), Fit.OVERSIZED, large.lost(), json);
    };
  }
}
