package dev.grantway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers see of refusals is held against what they should be told. */
class GatewayResponsesTest {
  private static final Map<String, String> BODY =
      Map.of("application/json", "{\"message\":$context.error.messageString}");

  private static GatewayResponse own(String type, String status, String name, String value) {
    return GatewayResponse.of(
        type, status, Map.of("gatewayresponse.header." + name, value), BODY, true);
  }

  private static GatewayResponse usual(String type, String status) {
    return GatewayResponse.of(type, status, Map.of(), BODY, false);
  }

  private static final List<GatewayResponse> USUAL =
      List.of(
          usual("UNAUTHORIZED", "401"),
          usual("ACCESS_DENIED", "403"),
          usual("AUTHORIZER_CONFIGURATION_ERROR", "500"),
          usual("AUTHORIZER_FAILURE", "500"),
          usual("DEFAULT_4XX", ""),
          usual("DEFAULT_5XX", ""));

  /** The usual ones, and these in their places. */
  private static List<GatewayResponse> with(GatewayResponse... set) {
    var told = new ArrayList<>(USUAL);
    for (GatewayResponse it : set) {
      told.removeIf(usual -> usual.type().equals(it.type()));
      told.add(it);
    }
    return told;
  }

  private static List<String> codes(List<GatewayResponse> told) {
    return GatewayResponses.faults(told).stream().map(WiringFault::code).toList();
  }

  @Test
  void whatIsWantedHasNoFaultAndWhatIsNotKnownNone() {
    assertThat(codes(GatewayResponses.WANTED)).isEmpty();
    assertThat(codes(List.of())).isEmpty();
  }

  @Test
  void apiGatewaysOwnOpenNothingAndTellCallersLess() {
    List<WiringFault> faults = GatewayResponses.faults(USUAL);
    assertThat(faults)
        .extracting(WiringFault::code)
        .containsExactly("no-challenge", "no-document-id", "outage-is-no-503");
    assertThat(faults).allMatch(it -> it.severity() == Severity.NOTE);
    assertThat(faults.getLast().what())
        .contains("`AUTHORIZER_CONFIGURATION_ERROR`, `AUTHORIZER_FAILURE`");
  }

  @Test
  void puttingEveryChangeLeavesNoFault() {
    var cors = own("DEFAULT_4XX", "", "Access-Control-Allow-Origin", "'*'");
    for (List<GatewayResponse> told :
        List.of(
            USUAL,
            with(cors),
            with(own("UNAUTHORIZED", "200", "www-authenticate", "method.request.header.x")))) {
      var put = new ArrayList<>(told);
      for (int i = 0; i < 3; i++) {
        for (WiringFault fault : GatewayResponses.faults(put)) {
          for (GatewayResponse it : GatewayResponses.change(fault.code(), put)) {
            put.removeIf(before -> before.type().equals(it.type()));
            put.add(it);
          }
        }
      }
      assertThat(codes(put)).as(told.toString()).isEmpty();
    }
  }

  @Test
  void whatSomebodySetIsKept() {
    var set =
        GatewayResponse.of(
            "UNAUTHORIZED",
            "403",
            Map.of("gatewayresponse.header.Access-Control-Allow-Origin", "'*'"),
            Map.of("text/plain", "no"),
            true);
    assertThat(GatewayResponses.change("no-challenge", with(set)))
        .containsExactly(
            GatewayResponse.of(
                "UNAUTHORIZED",
                "403",
                Map.of(
                    "gatewayresponse.header.Access-Control-Allow-Origin",
                    "'*'",
                    "gatewayresponse.header.WWW-Authenticate",
                    "'Bearer'"),
                Map.of("text/plain", "no"),
                true));
    var cors = own("DEFAULT_4XX", "", "Access-Control-Allow-Origin", "'*'");
    assertThat(GatewayResponses.change("no-document-id", with(cors)).getFirst().parameters())
        .as("of all refusals")
        .containsOnlyKeys(
            "gatewayresponse.header.Access-Control-Allow-Origin",
            "gatewayresponse.header.x-grantway-document");
    assertThat(GatewayResponses.change("no-challenge", GatewayResponses.WANTED)).isEmpty();
  }

  @Test
  void aRefusalThatLooksWellIsAWarningForWhicheverItIs() {
    for (GatewayResponse it :
        List.of(
            own("UNAUTHORIZED", "200", "WWW-Authenticate", "'Bearer'"),
            own("ACCESS_DENIED", "302", "Location", "'/sign-in'"),
            own("DEFAULT_5XX", "204", "a", "'b'"))) {
      assertThat(GatewayResponses.faults(with(it)))
          .as(it.type())
          .anySatisfy(
              fault -> {
                assertThat(fault.code()).isEqualTo("refusal-looks-well");
                assertThat(fault.severity()).isEqualTo(Severity.WARNING);
              });
    }
  }

  @Test
  void aChallengeThatTheCallerWritesIsAWarning() {
    for (String value : List.of("method.request.header.x", "'", "context.error.message", "")) {
      assertThat(codes(with(own("UNAUTHORIZED", "401", "WWW-Authenticate", value))))
          .as(value)
          .contains("challenge-not-static")
          .doesNotContain("no-challenge");
    }
    assertThat(codes(with(own("UNAUTHORIZED", "401", "www-authenticate", "'Bearer realm=\"a\"'"))))
        .doesNotContain("challenge-not-static", "no-challenge");
  }

  @Test
  void theDocumentMayStandInTheBodyAndOutagesIn503OfAllFailures() {
    var body =
        GatewayResponse.of(
            "ACCESS_DENIED",
            "403",
            Map.of(),
            Map.of("application/json", "{\"d\":\"$context.authorizer.document\"}"),
            true);
    assertThat(codes(with(body))).doesNotContain("no-document-id");
    assertThat(codes(with(own("DEFAULT_5XX", "503", "Retry-After", "'1'"))))
        .doesNotContain("outage-is-no-503");
    assertThat(codes(with(own("DEFAULT_5XX", "503", "a", "'1'"), usualSet("AUTHORIZER_FAILURE"))))
        .contains("outage-is-no-503");
  }

  private static GatewayResponse usualSet(String type) {
    return own(type, "500", "a", "'b'");
  }
}
