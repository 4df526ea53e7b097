package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.Replayed;
import dev.grantway.admin.common.Awaiting;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.LogGaps;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.policy.RoleName;
import dev.grantway.usage.Replay;
import dev.grantway.usage.Told;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls of the last days that the draft would have answered otherwise. */
final class ReplayList extends Awaiting {
  private final Supplier<Found<Replayed>> known;
  private boolean looking;

  /**
   * @param known asked at every poll while it is looked for, so it waits for no table
   */
  ReplayList(Found<Replayed> replayed, Supplier<Found<Replayed>> known) {
    this.known = known;
    addClassName("section");
    getElement().setAttribute("aria-live", "polite");
    show(replayed);
  }

  @Override
  protected boolean isLooking() {
    return looking;
  }

  @Override
  protected void lookAgain() {
    show(known.get());
  }

  private void show(Found<Replayed> replayed) {
    removeAll();
    looking = replayed instanceof Found.Looking;
    Div panel = Html.named(Html.div("panel conversation"), "replay");
    switch (replayed) {
      case Found.Looking<Replayed> _ -> panel.add(empty("replay.looking"));
      case Found.Failed<Replayed> _ -> panel.add(empty("replay.failed"));
      case Found.Known<Replayed>(Replayed it) -> it.stages().forEach(stage -> add(panel, stage));
    }
    add(new H2(Words.word("replay.title")), panel);
    setVisible(panel.getChildren().findAny().isPresent());
  }

  private static Div empty(String key) {
    return Html.div("empty", new Span(Words.word(key)));
  }

  private static void add(Div panel, Replayed.OfStage it) {
    Div head = Html.div("facts", Html.mono(it.api()), Html.mono(it.stage()));
    Told told = it.told();
    if (told.told() == 0) {
      head.add(Html.span("mute", Words.word("replay.nologs", told.days())));
      panel.add(head);
      return;
    }
    head.add(
        new Span(sentence(it.flips())),
        Html.span("mute", Words.word("replay.told", told.told(), told.days())));
    LogGaps.of(told).forEach(why -> head.add(Html.span("mute", why)));
    Div all = Html.div("items");
    panel.add(
        Html.named(head, "replay " + it.api() + " " + it.stage()),
        all,
        new Portions<>(it.flips(), flip -> all.add(line(flip))));
  }

  private static String sentence(List<Replay.Flip> flips) {
    return flips.isEmpty()
        ? Words.word("replay.same")
        : Stream.of(
                counted("replay.refused", of(flips, Replay.Kind.REFUSED, false)),
                counted("replay.perhaps", of(flips, Replay.Kind.REFUSED, true)),
                counted("replay.allowed", of(flips, Replay.Kind.ALLOWED, false)),
                counted("replay.allowed.perhaps", of(flips, Replay.Kind.ALLOWED, true)))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
  }

  private static Optional<String> counted(String key, List<Replay.Flip> some) {
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Words.word(key, callers(some), some.stream().mapToLong(Replay.Flip::calls).sum()));
  }

  private static List<Replay.Flip> of(
      Collection<Replay.Flip> flips, Replay.Kind kind, boolean perhaps) {
    return flips.stream().filter(it -> it.kind() == kind && it.perhaps() == perhaps).toList();
  }

  /** As a text: of more than are told apart it is "at least". */
  private static String callers(List<Replay.Flip> flips) {
    Set<String> callers = new HashSet<>();
    flips.forEach(it -> callers.addAll(it.row().callers()));
    boolean more = flips.stream().anyMatch(it -> it.row().moreCallers());
    return Words.word(more ? "replay.callers.more" : "replay.callers", callers.size());
  }

  private static Div line(Replay.Flip flip) {
    String roles =
        flip.row().roles().stream().map(RoleName::value).collect(Collectors.joining(", "));
    return new Div(
        Html.span(
            flip.kind() == Replay.Kind.REFUSED ? "chip lost" : "chip gained",
            Words.word("replay.becomes." + flip.kind() + (flip.perhaps() ? ".perhaps" : ""))),
        new Span(" "),
        Html.mono(flip.row().route()),
        new Span(
            " "
                + Words.word(
                    "replay.line",
                    flip.calls(),
                    roles.isEmpty() ? Words.word("simulate.step.none") : roles,
                    Times.dayAndClock(flip.row().last()))));
  }
}
