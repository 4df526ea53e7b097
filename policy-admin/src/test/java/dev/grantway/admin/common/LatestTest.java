package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestTest {
  private final Latest<String, String> latest = new Latest<>(6, String::length);

  @Test
  void whatWasAskedForEarliestMakesRoom() {
    latest.keep("a", "12");
    latest.keep("b", "34");
    latest.keep("c", "56");
    assertThat(latest.known("a")).contains("12");
    latest.keep("d", "7");
    assertThat(latest.known("b")).isEmpty();
    assertThat(latest.known("a")).contains("12");
    assertThat(latest.known("c")).contains("56");
    assertThat(latest.get("d", () -> "other")).isEqualTo("7");
  }

  @Test
  void whatIsKeptAnewWeighsOnce() {
    latest.keep("a", "1234");
    latest.keep("a", "12");
    latest.keep("b", "3456");
    assertThat(latest.known("a")).contains("12");
    assertThat(latest.known("b")).contains("3456");
  }

  @Test
  void whatWeighsMoreThanAllIsNotKeptAndDrivesNothingOut() {
    latest.keep("a", "12");
    latest.keep("b", "1234567");
    assertThat(latest.get("b", () -> "1234567")).isEqualTo("1234567");
    assertThat(latest.known("b")).isEmpty();
    assertThat(latest.known("a")).contains("12");
  }
}
