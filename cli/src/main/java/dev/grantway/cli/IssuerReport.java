package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.authorizer.ConfigurationCheck.CheckedIssuer;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.keys.KeyProbe;
import dev.grantway.authorizer.keys.SkippedKey;
import dev.grantway.authorizer.keys.VerificationKey;
import dev.grantway.policyfile.FindingCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One issuer as {@code check} shows it.
 *
 * @param effective its entry with preset and defaults filled in
 * @param probe what reading its keys came to, where they were asked for
 */
record IssuerReport(String alias, Json.Obj effective, Optional<KeyProbe> probe) {

  /** What keeps its tokens from being verified. */
  record Complaint(FindingCode code, String message, String next) {}

  static IssuerReport of(CheckedIssuer issuer, boolean online) {
    return new IssuerReport(
        issuer.alias(),
        issuer.effective(),
        online ? Optional.of(issuer.probe()) : Optional.empty());
  }

  boolean isUnreachable() {
    return probe.flatMap(KeyProbe::failure).filter(failure -> !failure.answered()).isPresent();
  }

  Optional<Complaint> complaint() {
    return probe.flatMap(this::complaint);
  }

  private Optional<Complaint> complaint(KeyProbe tried) {
    if (isUnreachable()) {
      return Optional.of(
          new Complaint(
              FindingCode.ISSUER_UNREACHABLE,
              "issuer `" + alias + "`: " + said(tried),
              "check the address, the network from here, and whether the issuer is up"));
    }
    return tried.usable() > 0
        ? Optional.empty()
        : Optional.of(
            new Complaint(
                FindingCode.ISSUER_KEYS,
                "issuer `" + alias + "`: " + said(tried),
                "its tokens cannot be verified: correct `issuer`, `discovery`, `jwksUri` or"
                    + " `jwks`"));
  }

  private static String said(KeyProbe tried) {
    return tried.failure().map(KeyProbe.Failure::reason).orElse("no usable key");
  }

  /** Lines for people: what the entry expands to, and how reading its keys went. */
  List<String> lines() {
    var expanded = "issuer `" + alias + "` expands to " + JsonText.of(effective);
    return probe.map(tried -> List.of(expanded, line(tried))).orElse(List.of(expanded));
  }

  private String line(KeyProbe tried) {
    var fetched =
        tried.asked().isEmpty()
            ? "inline keys"
            : tried.asked().stream()
                .map(it -> it.address() + " in " + it.took().toMillis() + " ms")
                .collect(Collectors.joining(", then "));
    return "issuer `" + alias + "` online: " + fetched + ": " + outcome(tried);
  }

  private static String outcome(KeyProbe tried) {
    if (tried.failure().isPresent()) {
      return "failed: " + tried.failure().get().reason();
    }
    return usable(tried).size()
        + " usable ["
        + String.join(", ", usable(tried))
        + "], "
        + skipped(tried).size()
        + " skipped ["
        + String.join(", ", skipped(tried))
        + "]";
  }

  private static List<String> usable(KeyProbe tried) {
    return tried.set().stream()
        .flatMap(set -> set.keys().stream())
        .map(IssuerReport::words)
        .toList();
  }

  private static List<String> skipped(KeyProbe tried) {
    return tried.set().stream()
        .flatMap(set -> set.skipped().stream())
        .map(SkippedKey::toString)
        .toList();
  }

  /** A key's id as JSON text, so that nothing in it can break the line. */
  private static String words(VerificationKey key) {
    var id = key.id().map(text -> JsonText.of(new Json.Text(text))).orElse("without `kid`");
    return id + " " + key.type().words();
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("alias", alias);
    json.writeFieldName("settings");
    json.writeRawValue(JsonText.of(effective));
    if (probe.isPresent()) {
      json.writeFieldName("online");
      write(json, probe.get());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, KeyProbe tried) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("fetched");
    for (KeyProbe.Asked asked : tried.asked()) {
      json.writeString(asked.address().toString());
    }
    json.writeEndArray();
    var total =
        tried.asked().stream().map(KeyProbe.Asked::took).reduce(Duration.ZERO, Duration::plus);
    json.writeNumberField("millis", total.toMillis());
    write(json, "usable", usable(tried));
    write(json, "skipped", skipped(tried));
    if (tried.failure().isPresent()) {
      json.writeStringField("failure", tried.failure().get().reason());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
