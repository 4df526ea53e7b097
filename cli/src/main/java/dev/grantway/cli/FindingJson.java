package dev.grantway.cli;

import dev.grantway.policyfile.Finding;
import java.util.List;

/** Findings for machines. */
final class FindingJson {
  private FindingJson() {}

  static String of(List<Finding> findings, List<IssuerReport> issuers, int tests) {
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
