package dev.grantway.authorizer.json;

/** A text that is not JSON within its limits. Holds the flaw and never the text. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the text. */
  public enum Flaw {
    ENCODING("not UTF-8"),
    BYTE_ORDER_MARK("starts with a byte order mark"),
    SYNTAX("not JSON"),
    TRAILING("text after the value"),
    DUPLICATE("a member name is repeated"),
    DEPTH("nested too deeply"),
    NUMBER("a number is too long"),
    SIZE("too many members or elements"),
    SURROGATE("a string holds half a surrogate pair");

    private final String words;

    Flaw(String words) {
      this.words = words;
    }

    /** For messages: lower case, no full stop. */
    public String words() {
      return words;
    }
  }

  private final Flaw flaw;

  MalformedJsonException(Flaw flaw) {
    super(flaw.words(), null, false, false);
    this.flaw = flaw;
  }

  /** What is wrong. */
  public Flaw flaw() {
    return flaw;
  }
}
