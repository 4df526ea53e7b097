package dev.grantway.resource;

/** One part of a resource pattern or route template, between two slashes. */
public sealed interface Segment {

  /** Exactly this text; it holds only characters that may enter an ARN (GATEWAY rule 6). */
  record Literal(String text) implements Segment {
    public Literal {
      boolean reserved =
          text.equals("$default") || text.equals("$connect") || text.equals("$disconnect");
      if (!reserved && !ArnText.isSafe(text)) {
        throw new IllegalArgumentException(
            "segment `"
                + text
                + "` may hold only letters, digits and . _ ~ : @ ! , = + ' ( ) -: write {name} for"
                + " a variable, or end with /** for everything below");
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** {@code {name}}: one non-empty segment. The name is a label and is not compared. */
  record Variable(String name) implements Segment {
    public Variable {
      checkName(name, "variable");
    }

    @Override
    public String toString() {
      return "{" + name + "}";
    }
  }

  /** {@code {name+}}: one or more segments, only as the last one. */
  record Greedy(String name) implements Segment {
    public Greedy {
      checkName(name, "variable");
    }

    @Override
    public String toString() {
      return "{" + name + "+}";
    }
  }

  /** {@code **}: nothing more, or anything below, only as the last one. */
  record Subtree() implements Segment {
    @Override
    public String toString() {
      return "**";
    }
  }

  /** {@code ${claims.name}}: the value of that claim of the verified token. */
  record Claim(String name) implements Segment {
    public Claim {
      checkName(name, "claim");
    }

    @Override
    public String toString() {
      return "${claims." + name + "}";
    }
  }

  private static void checkName(String name, String kind) {
    boolean clean =
        !name.isEmpty()
            && name.length() <= 128
            && name.chars().allMatch(c -> c > ' ' && c < 127 && "{}/$*?+#.".indexOf(c) < 0);
    if (!clean) {
      throw new IllegalArgumentException(
          kind + " name `" + name + "` needs 1 to 128 characters without { } / $ * ? + # or dots");
    }
  }
}
