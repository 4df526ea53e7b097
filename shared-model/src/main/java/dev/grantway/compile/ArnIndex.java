package dev.grantway.compile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Globs of ARNs by their verb and first segment, so that few need be compared with a given ARN. */
final class ArnIndex {
  private final int from;
  private final Map<String, List<String>> byHead = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  /**
   * @param prefix which each of them begins with
   */
  ArnIndex(ArnPrefix prefix, Collection<String> globs) {
    this.from = prefix.text().length() + 1;
    for (String glob : globs) {
      String head = head(glob);
      if (head.indexOf('*') < 0 && head.indexOf('?') < 0) {
        byHead.computeIfAbsent(head, text -> new ArrayList<>()).add(glob);
      } else {
        others.add(glob);
      }
    }
    byHead.values().forEach(globsThere -> globsThere.addAll(others));
  }

  /** Every glob that matches the ARN, and some that do not. */
  List<String> near(String arn) {
    return byHead.getOrDefault(head(arn), others);
  }

  private String head(String arn) {
    int behindVerb = arn.indexOf('/', from);
    int end = behindVerb < 0 ? -1 : arn.indexOf('/', behindVerb + 1);
    return arn.substring(from, end < 0 ? arn.length() : end);
  }
}
