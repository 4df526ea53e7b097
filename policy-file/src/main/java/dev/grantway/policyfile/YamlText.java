package dev.grantway.policyfile;

/** Text on its way to a YAML reader. */
public final class YamlText {
  private YamlText() {}

  /** JSON may be indented by tabs, which YAML refuses even inside braces. */
  public static String withoutTabs(String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (!start.stripLeading().startsWith("{") && !start.stripLeading().startsWith("[")) {
      return text;
    }
    var out = new StringBuilder(start);
    boolean quoted = false;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == '\t' && !quoted) {
        out.setCharAt(i, ' ');
      }
    }
    return out.toString();
  }
}
