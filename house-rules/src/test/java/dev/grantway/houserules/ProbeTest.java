package dev.grantway.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/probe-aws.sh makes nothing in an account that was not named and confirmed. */
class ProbeTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();
  private static final String MINE = "123456789012";

  @TempDir Path folder;

  private record Ended(int code, String said, String asked) {}

  /** Runs it with an {@code aws} that notes what it is asked and knows one account. */
  private Ended run(String... options) throws IOException, InterruptedException {
    Path asked = folder.resolve("asked");
    Path aws = folder.resolve("aws");
    Files.writeString(asked, "");
    Files.writeString(aws, "#!/bin/sh\necho \"$@\" >>'" + asked + "'\necho 999999999999\n");
    assertThat(aws.toFile().setExecutable(true)).isTrue();
    Path said = folder.resolve("said");
    var command = new ArrayList<>(List.of("bash", ROOT.resolve("scripts/probe-aws.sh").toString()));
    command.addAll(List.of(options));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(said.toFile());
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    var process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), Files.readString(said), Files.readString(asked));
  }

  @Test
  void withoutAccountRegionAndTheSentenceNobodyIsAsked() throws Exception {
    for (String[] options :
        new String[][] {
          {},
          {"--account", MINE},
          {"--account", "12", "--region", "eu-central-1", "--confirm", "create and delete in 12"},
          {"--account", MINE, "--region", "eu-central-1"},
          {"--account", MINE, "--region", "eu-central-1", "--confirm", "yes"},
          {"--account", MINE, "--confirm", "create and delete in " + MINE},
          {"--account", MINE, "--region", "eu-central-1", "--confirm"},
          {"--force"},
        }) {
      Ended ended = run(options);
      assertThat(ended.code()).as(String.join(" ", options)).isEqualTo(2);
      assertThat(ended.said()).contains("usage: scripts/probe-aws.sh");
      assertThat(ended.asked()).isEmpty();
    }
  }

  @Test
  void credentialsOfAnotherAccountMakeNothing() throws Exception {
    Ended ended =
        run(
            "--account",
            MINE,
            "--region",
            "eu-central-1",
            "--confirm",
            "create and delete in " + MINE);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains("belong to another account", "nothing was made");
    assertThat(ended.asked()).startsWith("sts get-caller-identity").hasLineCount(1);
  }

  @Test
  void itAsksWhatThePageSaysItAsks() throws IOException {
    var script = Files.readString(ROOT.resolve("scripts/probe-aws.sh"));
    var page = Files.readString(ROOT.resolve("docs/aws-unverified.md"));
    assertThat(numbers("(?m)^.*\\bask (\\d+) ", script))
        .isNotEmpty()
        .isEqualTo(numbers("(?m)^\\| (\\d+) \\|.*\\*\\*script\\*\\*", page));
  }

  private static Set<String> numbers(String pattern, String text) {
    var found = new TreeSet<String>();
    Pattern.compile(pattern).matcher(text).results().forEach(it -> found.add(it.group(1)));
    return found;
  }
}
