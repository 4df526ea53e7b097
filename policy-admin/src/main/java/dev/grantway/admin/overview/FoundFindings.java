package dev.grantway.admin.overview;

import dev.grantway.analysis.Finding;
import dev.grantway.analysis.FindingCode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What analysis finds in an API's permissions, by code.
 *
 * @param revision that was looked at
 */
public record FoundFindings(long revision, List<Finding> findings) {
  public FoundFindings {
    findings = List.copyOf(findings);
  }

  /** The findings of each code that has any, in the order of codes. */
  public SortedMap<FindingCode, List<Finding>> byCode() {
    return findings.stream()
        .collect(Collectors.groupingBy(Finding::code, TreeMap::new, Collectors.toList()));
  }
}
