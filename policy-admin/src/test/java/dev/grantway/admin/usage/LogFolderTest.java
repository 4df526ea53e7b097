package dev.grantway.admin.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.store.StoreException;
import dev.grantway.store.UsageDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir Path folder;
  private final World world = new World();
  private LogFolder logs = fresh();

  private LogFolder fresh() {
    return new LogFolder(Optional.empty(), world.repository, name -> "00000000000000aa");
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private static String line(String route) {
    return """
        {"event":"access","at":"2026-11-20T10:00:00Z","api":"%s","stage":"prod","method":"GET",\
        "path":"%s","who":"dev|alice","roles":"clerk","response":"-"}
        """
        .formatted(World.ORDERS, route);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<UsageDay> days() {
    logs.once(folder);
    return world.repository.usage().days(World.ORDERS, "prod", DAY, DAY);
  }

  private long calls() {
    return days().stream()
        .flatMap(day -> day.rows().stream())
        .mapToLong(row -> row.allowed())
        .sum();
  }

  @Test
  void filesAreReadAsTheyGrow() throws IOException {
    assertThat(calls()).isZero();
    write("a.jsonl", line("/orders") + line("/orders").substring(0, 40));
    assertThat(calls()).isOne();
    write("a.jsonl", line("/orders").substring(40));
    assertThat(calls()).isEqualTo(2);
    write("b.jsonl", line("/orders"));
    write("c.log", line("/orders"));
    write("d.csv", line("/orders"));
    assertThat(calls()).isEqualTo(4);
    assertThat(days()).extracting(UsageDay::source).containsExactly("a.jsonl", "b.jsonl", "c.log");
  }

  @Test
  void whatCannotBeReadIsKeptToo() throws IOException {
    write("a.jsonl", line("/orders"));
    assertThat(days()).singleElement().extracting(UsageDay::unreadable).isEqualTo(0L);
    write("a.jsonl", "broken\nbroken\n");
    assertThat(days()).singleElement().extracting(UsageDay::unreadable).isEqualTo(2L);
  }

  private static byte[] packed(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void whatIsPackedIsReadWholeAndAgainWhereItChanges() throws IOException {
    byte[] one = packed(line("/orders").strip());
    Path file = Files.write(folder.resolve("a.log.gz"), Arrays.copyOf(one, one.length - 9));
    assertThat(calls()).as("it is still being written").isZero();
    Files.write(file, one);
    assertThat(calls()).isOne();
    assertThat(calls()).isOne();
    Files.write(file, packed(line("/orders").repeat(3)));
    assertThat(calls()).isEqualTo(3);
    Files.writeString(file, line("/orders").repeat(50));
    assertThat(calls()).as("it is packed no more").isEqualTo(50);
    Files.write(file, packed(line("/orders").repeat(2)));
    assertThat(calls()).isEqualTo(2);
  }

  @Test
  void whatIsPackedWhereItLiesCountsOnce() throws IOException {
    String text = line("/orders") + line("/orders");
    write("a.jsonl", text);
    assertThat(calls()).isEqualTo(2);
    Files.write(folder.resolve("a.jsonl.gz"), packed(text));
    assertThat(calls()).as("the packed copy lies beside it").isEqualTo(2);
    Files.delete(folder.resolve("a.jsonl"));
    assertThat(calls()).isEqualTo(2);
    assertThat(days()).extracting(UsageDay::source).containsExactly("a.jsonl");
    Files.write(folder.resolve("a.jsonl.gz"), packed(text + line("/orders")));
    assertThat(calls()).as("it is read").isEqualTo(3);
  }

  @Test
  void whatIsReadAgainFromItsStartCountsOnce() throws IOException {
    write("a.jsonl", line("/orders") + line("/orders"));
    assertThat(calls()).isEqualTo(2);
    logs.close();
    logs = fresh();
    assertThat(calls()).isEqualTo(2);
    Files.writeString(folder.resolve("a.jsonl"), line("/orders"));
    assertThat(calls()).as("the file was begun anew").isOne();
  }

  @Test
  void aLinkLeadsNowhere() throws IOException {
    Path other = Files.createTempFile("elsewhere", ".jsonl");
    Files.writeString(other, line("/orders"));
    Files.createSymbolicLink(folder.resolve("a.jsonl"), other);
    assertThat(calls()).isZero();
    Files.delete(other);
  }

  @Test
  void aTableThatDoesNotAnswerIsToldLater() throws IOException {
    write("a.jsonl", line("/orders"));
    world.tableFails(new StoreException.Unavailable("down", null));
    logs.once(folder);
    world.tableFails(null);
    assertThat(calls()).isOne();
  }
}
