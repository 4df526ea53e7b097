package dev.grantway.admin.whocan.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.policy.Assignment;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

/** What every answer says alike, and where it is. */
final class AnswerParts {
  private AnswerParts() {}

  /** By which revision it is answered, held against which time. */
  static Div facts(Found.Answer<?> answered, String more) {
    Div facts =
        Html.div(
            "facts mute",
            new Span(
                Words.word(
                    answered.revision() == answered.head()
                        ? "whocan.revision.live"
                        : "whocan.revision",
                    Long.toString(answered.revision()),
                    Long.toString(answered.head()))),
            new Span(Words.word("whocan.held", Times.dayAndClock(answered.at()))));
    if (!more.isEmpty()) {
      facts.add(new Span(more));
    }
    return facts;
  }

  static String holder(Place place, Assignment.Holder holder) {
    return path(
        place,
        Ask.SOMEBODY,
        Map.of(
            AskForm.KIND, AskForm.word(holder.kind()),
            AskForm.ISSUER, holder.issuer(),
            AskForm.WHO, holder.value()));
  }

  static String path(Place place, Ask ask, Map<String, String> values) {
    String query =
        values.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String tab = ask == Ask.ROUTE ? "" : "ask=" + ask.word();
    String both = tab.isEmpty() || query.isEmpty() ? tab + query : tab + "&" + query;
    return WhoCanNavigation.path(place) + (both.isEmpty() ? "" : "?" + both);
  }
}
