package dev.grantway.cli;

import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.RouteCoverage;
import java.util.List;

/** Findings for machines. */
final class FindingJson {
  private FindingJson() {}

  static String of(
      List<Finding> findings,
      List<IssuerReport> issuers,
      List<RouteCoverage.Count> coverage,
      int tests) {
    return AnswerJson.object(
        json -> {
          json.writeArrayFieldStart("findings");
          for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("file", finding.file());
            json.writeNumberField("line", finding.at().line());
            json.writeNumberField("column", finding.at().column());
            json.writeStringField("severity", finding.severity().text());
            json.writeStringField("code", finding.code().text());
            json.writeStringField("message", finding.message());
            json.writeStringField("next", finding.next());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeNumberField("tests", tests);
          if (!coverage.isEmpty()) {
            json.writeArrayFieldStart("coverage");
            for (RouteCoverage.Count count : coverage) {
              json.writeStartObject();
              json.writeStringField("api", count.api());
              json.writeNumberField("routes", count.routes());
              json.writeNumberField("tested", count.tested());
              json.writeNumberField("granted", count.granted());
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          if (!issuers.isEmpty()) {
            json.writeArrayFieldStart("issuers");
            for (IssuerReport issuer : issuers) {
              issuer.write(json);
            }
            json.writeEndArray();
          }
        });
  }
}
