package dev.grantway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/a", "/a/b.c", "/a:b/c,d", "/a/\u00e9", "/a/..", "/a/*"})
  void regularPaths(String text) {
    assertThat(RequestPath.of(text).isRegular()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/", "//a", "/a//b", "//", "/a;b", "/%61", "/a\u0001", "/a\u007f"})
  void irregularPaths(String text) {
    assertThat(RequestPath.of(text).isRegular()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/%34%32, /orders/42",
    "/orders/42;a=1, /orders/42",
    "/orders;x/42, /orders/42",
    "/%7euser/%2D%2e%5F, /~user/-._",
    "/a%2Fb, /a%2Fb",
    "/a%2, /a%2",
    "/a%zz, /a%zz",
    "/a%3Bb, /a%3Bb",
    "/a%2561, /a%2561",
    "/%, /%",
    "/a%3G, /a%3G",
    "/a%G1, /a%G1",
    "/a%\u0664\u0661, /a%\u0664\u0661",
  })
  void normalisedDecodesUnreservedCharactersAndCutsParameters(String text, String expected) {
    assertThat(RequestPath.of(text).normalised().text()).isEqualTo(expected);
  }

  @Test
  void emptyArnPathIsTheRoot() {
    assertThat(RequestPath.of("").text()).isEqualTo("/");
    assertThat(RequestPath.of("/").segments()).isEmpty();
    assertThat(RequestPath.of("/;x").normalised().text()).isEqualTo("/");
  }

  @Test
  void oneTrailingSlashIsDropped() {
    assertThat(RequestPath.of("/a/").withoutTrailingSlash().text()).isEqualTo("/a");
    assertThat(RequestPath.of("/a//").withoutTrailingSlash().text()).isEqualTo("/a/");
    assertThat(RequestPath.of("/").withoutTrailingSlash().text()).isEqualTo("/");
  }

  @Test
  void pathWithoutALeadingSlashIsRefused() {
    assertThatThrownBy(() -> RequestPath.of("a")).hasMessageContaining("must start with /");
    assertThatThrownBy(() -> RequestPath.ofRouteKey("")).hasMessageContaining("at least one");
  }

  @Test
  void routeKeysAreAlwaysRegularAndStayAsTheyAre() {
    RequestPath key = RequestPath.ofRouteKey("a;b%41/");
    assertThat(key.isRegular()).isTrue();
    assertThat(key.normalised()).isEqualTo(key);
    assertThat(key.withoutTrailingSlash()).isEqualTo(key);
  }
}
