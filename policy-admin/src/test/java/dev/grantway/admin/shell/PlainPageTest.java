package dev.grantway.admin.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Messages;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPageTest {

  @ParameterizedTest
  @ValueSource(strings = {"session", "failure", "forbidden", "missing", "request"})
  void noTextIsHardCoded(String kind) {
    List<String> texts =
        PlainPage.html(kind, Messages.PSEUDO)
            .replaceAll("<[^>]*>", "\n")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    assertThat(texts).hasSize(5).allMatch(it -> it.startsWith("[") && it.endsWith("]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "failure", "forbidden", "missing", "request"})
  void everyPageSaysWhatHappenedAndHasAWayOn(String kind) {
    assertThat(PlainPage.html(kind, Locale.ENGLISH))
        .contains("lang=\"en\"", "<h1>", "href=\"/\"", "· Grantway</title>");
  }
}
