package dev.grantway.imports;

import dev.grantway.policyfile.YamlText;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** By which key of its outermost mapping a YAML or JSON document is known. */
final class TopLevelKey {
  private int depth;
  private boolean mapping;
  private boolean keyWanted;

  private TopLevelKey() {}

  /** The first of these that the document has; of one that cannot be read, that it seems to. */
  static Optional<String> firstOf(Collection<String> keys, String text) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(Imports.MOST_BYTES)
            .setBufferSize(Math.max(1024, text.length()))
            .build();
    var at = new TopLevelKey();
    try {
      for (Event event : new Parse(settings).parseString(YamlText.withoutTabs(text))) {
        if (at.isKey(event) && keys.contains(((ScalarEvent) event).getValue())) {
          return Optional.of(((ScalarEvent) event).getValue());
        }
        at.take(event);
        if (at.depth > OpenApiTree.DEEPEST) {
          return seeming(keys, text);
        }
      }
      return Optional.empty();
    } catch (YamlEngineException broken) {
      return seeming(keys, text);
    }
  }

  private boolean isKey(Event event) {
    return mapping && depth == 1 && keyWanted && event instanceof ScalarEvent;
  }

  private void take(Event event) {
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> {
        if (depth++ == 0) {
          mapping = event.getEventId() == Event.ID.MappingStart;
          keyWanted = mapping;
        }
      }
      case MappingEnd, SequenceEnd -> {
        depth--;
        turn();
      }
      case Scalar, Alias -> turn();
      default -> {}
    }
  }

  /** A value of the outermost collection has ended. */
  private void turn() {
    keyWanted = depth == 1 && !keyWanted;
  }

  private static Optional<String> seeming(Collection<String> keys, String text) {
    String words = keys.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Matcher key =
        Pattern.compile("(?m)(?:^|[{,])[ \\t]*+[\"']?(" + words + ")[\"']?[ \\t]*+:").matcher(text);
    return key.find() ? Optional.of(key.group(1)) : Optional.empty();
  }
}
