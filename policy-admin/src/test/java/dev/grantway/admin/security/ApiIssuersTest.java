package dev.grantway.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiIssuersTest {
  private static final String OWN = "https://own.example";
  private static final String CI = "ci=https://ci.example/x?y=1";

  private static ApiIssuers read(String issuers, String rights) {
    return new ApiIssuers(OWN, issuers, rights);
  }

  @Test
  void operatorsOfAnotherIssuerHaveItsAliasBeforeTheirName() {
    ApiIssuers issuers = read(CI + "\n  here=http://127.0.0.1:9/dev", "ci|a=b=editor");
    assertThat(issuers.urls())
        .containsExactly("https://ci.example/x?y=1", "http://127.0.0.1:9/dev");
    assertThat(issuers.name("https://ci.example/x?y=1", "a=b")).contains("ci|a=b");
    assertThat(issuers.name(OWN, "a=b")).isEmpty();
    assertThat(issuers.isForeign("ci|a=b")).isTrue();
    assertThat(issuers.isForeign("ci")).isFalse();
    assertThat(issuers.isForeign("auth0|7")).isFalse();
    assertThat(issuers.right("ci|a=b")).contains(OperatorRight.EDITOR);
    assertThat(issuers.right("here|a=b")).isEmpty();
    assertThat(read("", "").urls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ci.example",
        "CI=https://ci.example",
        "=https://ci.example",
        "ci=http://ci.example",
        "ci=ci.example",
        "ci=file:///etc/keys",
        "ci=https://",
        "ci=" + OWN,
        CI + " other=https://ci.example/x?y=1",
        CI + " ci=https://other.example"
      })
  void whatIsNoIssuerOrNamedTwiceIsRefused(String setting) {
    assertThatThrownBy(() -> read(setting, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("GRANTWAY_API_ISSUERS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ci|a", "ci|a=root", "a=editor", "ci|a=editor ci|a=owner", "no|a=editor"})
  void rightsAreGivenToNamesOfTheseIssuersAlone(String setting) {
    assertThatThrownBy(() -> read(CI, setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("GRANTWAY_API_RIGHTS");
  }
}
