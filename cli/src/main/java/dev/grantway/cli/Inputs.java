package dev.grantway.cli;

import dev.grantway.policy.ApiId;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what commands are given: files, policies, instants. */
final class Inputs {
  private Inputs() {}

  static String text(Path file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new InputException("file `" + file + "` is not UTF-8: save it as UTF-8");
    }
  }

  static byte[] bytes(Path file) {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new InputException("file `" + file + "` cannot be read: " + unreadable.getMessage());
    }
  }

  private static InputStream open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException("`" + file + "` is a folder: name a file");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException missing) {
      throw new InputException("file `" + file + "` is not there: check the path");
    } catch (IOException unreadable) {
      throw new InputException("file `" + file + "` cannot be read: check its permissions");
    }
  }

  /** The lines of a file, or of standard input if there is none. */
  static TextLines lines(@Nullable Path file, Console console) {
    return new TextLines(file == null ? console.in() : open(file));
  }

  /** A policy without errors; otherwise its findings go to {@code err} and it is refused. */
  static PolicyFile.Read policy(Path file, Console console) {
    return policy(file, Map.of(), console);
  }

  /** The same with other ids of APIs, by their names. */
  static PolicyFile.Read policy(Path file, Map<String, ApiId> ids, Console console) {
    return switch (PolicyFile.read(text(file), file.toString(), ids)) {
      case PolicyFile.Read read -> read;
      case PolicyFile.Refused refused -> {
        refused.findings().forEach(finding -> console.say(finding.toString()));
        long errors = refused.findings().stream().filter(Finding::isError).count();
        throw new InputException(
            "policy file `" + file + "` has " + Counted.of(errors, "error") + ": correct it first");
      }
    };
  }

  /** The name of a file without its folder. */
  static String name(Path file) {
    return Optional.ofNullable(file.getFileName()).orElse(file).toString();
  }

  /**
   * Who runs a command: no operator of the admin app has such a name.
   *
   * @param given null for the name on this machine
   */
  static String operator(@Nullable String given) {
    String name = given == null ? System.getProperty("user.name", "unknown") : given;
    return name + " (command line)";
  }

  static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notAnInstant) {
      throw new InputException("`" + text + "` is no instant: write it like 2026-11-22T10:00:00Z");
    }
  }
}
