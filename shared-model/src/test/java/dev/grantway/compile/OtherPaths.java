package dev.grantway.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Paths, templates and patterns as MODEL section 1 and GATEWAY rule 8 say it, over plain texts.
 * Nothing of production is used; a test compares both.
 */
final class OtherPaths {
  /** API Gateway's precedence, segment by segment: literal, {@code {p}}, {@code {p+}}. */
  static final Comparator<String> PRECEDENCE =
      Comparator.comparing(
          template -> {
            var ranks = new StringBuilder();
            for (String segment : segments(template)) {
              ranks.append(isGreedy(segment) ? 'c' : isVariable(segment) ? 'b' : 'a');
            }
            return template.equals("$default") ? "d" : ranks.toString();
          });

  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

  private OtherPaths() {}

  static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  /** SEM-11. */
  static boolean isRegular(String path) {
    boolean odd = path.chars().anyMatch(c -> c == ';' || c == '%' || Character.isISOControl(c));
    return !odd && (path.equals("/") || !(path + "/").contains("//"));
  }

  /** REST ignores one trailing slash. */
  static String routedByRest(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** SEM-11: encodings of unreserved characters decoded, then each segment cut at its {@code ;}. */
  static String normalised(String path) {
    String decoded = ENCODED.matcher(path).replaceAll(code -> decoded(code.group()));
    return decoded.indexOf(';') < 0 ? decoded : decoded.replaceAll(";[^/]*", "");
  }

  private static String decoded(String code) {
    String c = String.valueOf((char) Integer.parseInt(code.substring(1), 16));
    return UNRESERVED.matcher(c).matches() ? c : code;
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{") || segment.startsWith("${");
  }

  static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  /** Whether the text fits; claims are bound before. */
  static boolean matches(String template, String path) {
    return template.equals("$default") || matches(segments(template), segments(path));
  }

  private static boolean matches(List<String> template, List<String> path) {
    if (template.isEmpty()) {
      return path.isEmpty();
    }
    String head = template.getFirst();
    if (head.equals("**")) {
      return true;
    }
    if (isGreedy(head)) {
      return !String.join("/", path).isEmpty();
    }
    boolean fits =
        !path.isEmpty()
            && (isVariable(head) ? !path.getFirst().isEmpty() : head.equals(path.getFirst()));
    return fits && matches(template.subList(1, template.size()), path.subList(1, path.size()));
  }

  /**
   * Whether the pattern's variables stand where the template has variables, on every path that both
   * match.
   */
  static boolean fits(String pattern, String template) {
    List<String> mine = segments(pattern);
    List<String> theirs = template.equals("$default") ? List.of() : segments(template);
    boolean greedy = !theirs.isEmpty() && isGreedy(theirs.getLast());
    for (int i = 0; i < mine.size(); i++) {
      if (isVariable(mine.get(i))) {
        int last = isGreedy(mine.get(i)) ? Math.max(i, theirs.size() - 1) : i;
        for (int at = i; at <= last; at++) {
          if (at < theirs.size() ? !isVariable(theirs.get(at)) : !greedy) {
            return false;
          }
        }
      }
    }
    return true;
  }

  static List<String> inOrder(List<String> templates) {
    var sorted = new ArrayList<>(templates);
    sorted.sort(PRECEDENCE);
    return sorted;
  }
}
