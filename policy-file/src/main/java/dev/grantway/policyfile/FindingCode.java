package dev.grantway.policyfile;

import dev.grantway.analysis.Code;
import java.util.Locale;

/** The stable codes of what a policy file can be told; scripts may rely on them. */
public enum FindingCode implements Code {
  SYNTAX,
  TOO_BIG,
  TOO_DEEP,
  ALIAS,
  DUPLICATE_KEY,
  UNKNOWN_KEY,
  MISSING_KEY,
  WRONG_TYPE,
  BAD_VALUE,
  BAD_VERSION,
  BAD_ROUTE,
  BAD_PATTERN,
  BAD_CONDITION,
  BAD_WINDOW,
  UNKNOWN_ROLE,
  UNKNOWN_API,
  UNKNOWN_STAGE,
  UNKNOWN_PERMISSION,
  ROLE_CYCLE,
  DUPLICATE_ID,
  BAD_SETTING,
  ISSUER_UNREACHABLE,
  ISSUER_KEYS,
  UNKNOWN_FINDING,
  WAIVER_OVER,
  TEST_FAILED,
  UNTESTED_ROUTE,
  UNGRANTED_ROUTE,
  GREEDY_TWIN,
  UNTESTED;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
