package dev.grantway.compile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What compiling came to. Every document in it has been proved, or denies everything. */
public sealed interface Compilation {

  /** The document that may be sent. */
  Compiled emitted();

  /**
   * A document that allows exactly what the permissions allow.
   *
   * @param json the bytes to send
   * @param proof what was checked; empty of checks where nothing is allowed
   */
  record Compiled(PolicyDocument document, String json, Proof proof) implements Compilation {
    private static final int ID_BYTES = 6;

    static Compiled of(PolicyDocument document, Proof proof) {
      return new Compiled(document, document.toJson(), proof);
    }

    @Override
    public Compiled emitted() {
      return this;
    }

    /** The size in UTF-8. */
    public int bytes() {
      return json.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * A short stable name for these bytes at that revision (CONTRACT, context {@code document}).
     */
    public String id(String revision) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256")
                .digest((revision + "\n" + json).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
      } catch (NoSuchAlgorithmException everyPlatformHasIt) {
        throw new IllegalStateException(everyPlatformHasIt);
      }
    }
  }

  /**
   * No exact document exists (COMP-03).
   *
   * @param conflicts never empty
   * @param lost exactly what is granted and not allowed: routes dropped as a whole, and requests as
   *     {@code GET /teams/{any}/refunds/refunds}; {@code *} where nothing is allowed
   * @param subset allows a part, and nothing else
   */
  record NotRepresentable(List<Conflict> conflicts, List<String> lost, Compiled subset)
      implements Compilation {
    public NotRepresentable {
      conflicts = List.copyOf(conflicts);
      lost = List.copyOf(lost);
    }

    @Override
    public Compiled emitted() {
      return subset;
    }
  }

  /**
   * The exact document is bigger than the budget, or took too much to find or prove (COMP-03).
   *
   * @param bytes the size of the exact document or of one ARN in it; past the limit where the work
   *     was given up before the size was known
   * @param limit which was exceeded
   * @param lost the routes that were dropped; {@code *} where it is not told apart what is lost
   * @param subset allows a part, and nothing else
   */
  record TooLarge(int bytes, int limit, List<String> lost, Compiled subset) implements Compilation {
    public TooLarge {
      lost = List.copyOf(lost);
    }

    @Override
    public Compiled emitted() {
      return subset;
    }
  }

  /**
   * Two requests that no document can tell apart.
   *
   * @param route of the request that must be denied
   * @param with the route of the request that would be lost
   * @param path of the request that must be denied
   */
  record Conflict(String route, String with, String path, Kind kind) {
    /** Whether one value of one parameter is lost, or a whole depth of paths. */
    public enum Kind {
      COLLISION,
      GAP
    }
  }

  /**
   * What was checked before a document left the compiler.
   *
   * @param requests how many representative requests were compared with the decision
   * @param openBeyondTable a path that no route serves and the document allows all the same, the
   *     shortest found (finding {@code open-beyond-table})
   */
  record Proof(int requests, Optional<String> openBeyondTable) {
    static final Proof NOTHING_ALLOWED = new Proof(0, Optional.empty());
  }
}
