package dev.grantway.analysis;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How instances of the authorizer serve one stage, as they report it together.
 *
 * @param deployment what a document has to be right for whichever of them hands it out
 * @param seen role sets that they saw callers with
 */
public record ServedStage(
    ApiId api, String stage, DocumentAnalysis.Deployment deployment, Set<Set<RoleName>> seen) {
  public ServedStage {
    seen = Collections.unmodifiableSet(new LinkedHashSet<>(seen));
  }
}
