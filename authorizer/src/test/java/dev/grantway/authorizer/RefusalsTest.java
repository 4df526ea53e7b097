package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.Refusals.Way;
import dev.grantway.authorizer.gateway.ApiKind;
import dev.grantway.authorizer.token.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GATEWAY rules 11 and 16 for every kind of API. */
class RefusalsTest {
  private static final List<Rejection> LASTING =
      List.of(
          Rejection.NoCredential.MISSING,
          Rejection.NotAcceptable.EXPIRED,
          new Rejection.BadSignature(),
          new Rejection.UnknownKey(true),
          new Rejection.Revoked());
  private static final List<Rejection> PASSING =
      List.of(
          new Rejection.UnknownKey(false),
          Rejection.NotAcceptable.NOT_YET_VALID,
          Rejection.NotAcceptable.ISSUED_IN_FUTURE,
          new Rejection.Broken("x"));

  private static void assertWay(
      boolean setting, List<ApiKind> kinds, List<Rejection> reasons, Way expected) {
    for (var kind : kinds) {
      for (var why : reasons) {
        assertThat(new Refusals(setting).of(kind, why))
            .as(kind + " " + why.code() + " with the setting " + setting)
            .isEqualTo(expected);
      }
    }
  }

  private static final List<ApiKind> REST = List.of(ApiKind.REST_TOKEN, ApiKind.REST_REQUEST);
  private static final List<ApiKind> HTTP = List.of(ApiKind.HTTP_1, ApiKind.HTTP_2);
  private static final List<ApiKind> WEBSOCKET = List.of(ApiKind.WEBSOCKET);

  @Test
  void restThrowsUnlessTheSettingSaysDeny() {
    assertWay(false, REST, LASTING, Way.THROW_UNAUTHORIZED);
    assertWay(true, REST, LASTING, Way.DENY);
  }

  @Test
  void whatMayPassByItselfIsThrownWhateverTheSetting() {
    for (var setting : List.of(true, false)) {
      assertWay(setting, REST, PASSING, Way.THROW_UNAUTHORIZED);
      assertWay(setting, WEBSOCKET, PASSING, Way.THROW_UNAUTHORIZED);
    }
  }

  @Test
  void websocketThrowsAndHttpApisNeverDo() {
    for (var setting : List.of(true, false)) {
      assertWay(setting, WEBSOCKET, LASTING, Way.THROW_UNAUTHORIZED);
      assertWay(setting, HTTP, LASTING, Way.DENY);
      assertWay(setting, HTTP, PASSING, Way.DENY);
    }
  }
}
