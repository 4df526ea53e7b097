package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.activity.RealCheckpoints;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UpkeepTest {
  private static final Deletes HERE = Deletes.of("on");

  private final List<String> done = new ArrayList<>();

  private static void nothing() {}

  private static void fails() {
    throw new IllegalStateException("the table does not answer");
  }

  private Upkeep noting(Deletes deletes, Runnable recover) {
    return new Upkeep(
        deletes,
        recover,
        () -> done.add("swept"),
        taking(() -> done.add("taken")),
        () -> done.add("kept"));
  }

  private static Supplier<Optional<String>> taking(Runnable work) {
    return () -> {
      work.run();
      return Optional.empty();
    };
  }

  @Test
  void leftoversAreSweptThoughRecoveringFails() {
    try (var upkeep = noting(HERE, UpkeepTest::fails)) {
      upkeep.once();
      upkeep.once();
    }
    assertThat(done).containsExactly("swept", "taken", "kept", "swept", "taken", "kept");
  }

  @Test
  void onlyWhenAllOfItIsDoneItIsSaidToBe(CapturedOutput output) {
    for (int failing = 0; failing < 4; failing++) {
      var parts = new ArrayList<Runnable>(Collections.nCopies(4, UpkeepTest::nothing));
      parts.set(failing, UpkeepTest::fails);
      try (var upkeep =
          new Upkeep(HERE, parts.get(0), parts.get(1), taking(parts.get(2)), parts.get(3))) {
        upkeep.once();
      }
      assertThat(output.getAll())
          .contains("is left for the next hour: the table does not answer")
          .doesNotContain("upkeep is done");
    }
    try (var upkeep =
        new Upkeep(
            HERE,
            UpkeepTest::nothing,
            UpkeepTest::nothing,
            taking(UpkeepTest::nothing),
            UpkeepTest::nothing)) {
      upkeep.once();
    }
    assertThat(output.getAll()).contains("upkeep is done");
  }

  @Test
  void anInstanceThatLeavesDeletingToAnotherNeverSaysThatUpkeepIsDone(CapturedOutput output) {
    try (var upkeep = noting(Deletes.of("off"), () -> done.add("recovered"))) {
      upkeep.once();
      upkeep.once();
    }
    assertThat(done).containsExactly("recovered", "taken", "recovered", "taken");
    assertThat(output.getAll()).doesNotContain("upkeep is done").doesNotContain("is left");
  }

  @Test
  void aCheckpointThatCannotBeCopiedIsUpkeepThatIsNotDone(
      CapturedOutput output, @TempDir Path folder) throws IOException {
    Path copies = Files.writeString(folder.resolve("copies"), "a file where the folder should be");
    Checkpoints checkpoints = RealCheckpoints.into(copies, new World());
    try (var upkeep =
        new Upkeep(
            HERE,
            UpkeepTest::nothing,
            UpkeepTest::nothing,
            checkpoints::take,
            UpkeepTest::nothing)) {
      upkeep.once();
      assertThat(output.getAll())
          .contains("taking a checkpoint is left for the next hour: ")
          .doesNotContain("upkeep is done");
      Files.delete(copies);
      upkeep.once();
    }
    assertThat(output.getAll()).contains("upkeep is done");
    assertThat(checkpoints.copies()).hasSize(1);
  }

  @Test
  void itBeginsWhenTheAppStarts() throws InterruptedException {
    var swept = new CountDownLatch(1);
    try (var upkeep =
        new Upkeep(
            HERE,
            UpkeepTest::nothing,
            swept::countDown,
            taking(UpkeepTest::nothing),
            UpkeepTest::nothing)) {
      upkeep.start();
      assertThat(swept.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whetherThisInstanceDeletesIsSaidPlainly() {
    assertThat(Deletes.of("on").here()).isTrue();
    assertThat(Deletes.of("off").here()).isFalse();
    assertThatThrownBy(() -> Deletes.of("never"))
        .hasMessageContaining("GRANTWAY_UPKEEP is `never`");
  }

  @Test
  void whatUpkeepSaysIsOfATraceOfItsOwn() throws Exception {
    var traces = new LinkedBlockingQueue<String>();
    try (var upkeep = noting(HERE, () -> traces.add(Trace.id().orElse("")))) {
      upkeep.start();
      assertThat(traces.poll(20, TimeUnit.SECONDS)).matches("[0-9a-f]{32}");
    }
  }
}
