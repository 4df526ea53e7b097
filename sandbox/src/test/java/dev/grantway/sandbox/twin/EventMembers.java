package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An event as JSON pointer → scalar text. */
final class EventMembers {
  private EventMembers() {}

  static SortedMap<String, String> of(String text) throws IOException {
    var flat = new TreeMap<String, String>();
    try (JsonParser json = JsonText.FACTORY.createParser(text)) {
      while (json.nextToken() != null) {
        JsonToken token = json.currentToken();
        if (token.isScalarValue()) {
          String pointer = json.getParsingContext().pathAsPointer().toString().replace("~1", "/");
          flat.put(pointer, json.getText());
        }
      }
    }
    return flat;
  }

  /** The text of a sample event where the samples are on this machine, else that one. */
  static String sample(String name, String otherwise) throws IOException {
    Optional<Path> samples =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .takeWhile(directory -> directory != null)
            .map(directory -> directory.resolve("shared/events"))
            .filter(Files::isDirectory)
            .findFirst();
    System.out.println(
        samples
            .map(found -> "sample events are read from " + found)
            .orElse("no shared/events above this module: only the samples in this test are used"));
    return samples.isPresent() ? Files.readString(samples.get().resolve(name)) : otherwise;
  }
}
