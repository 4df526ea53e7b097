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
import java.util.concurrent.locks.LockSupport;
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
  void itBeginsWhenTheAppStartsWithATraceOfItsOwn(CapturedOutput output) throws Exception {
    var swept = new CountDownLatch(1);
    var traces = new LinkedBlockingQueue<String>();
    try (var upkeep =
        new Upkeep(
            HERE,
            () -> traces.add(Trace.id().orElse("")),
            swept::countDown,
            taking(UpkeepTest::nothing),
            UpkeepTest::nothing)) {
      upkeep.start();
      assertThat(traces.poll(20, TimeUnit.SECONDS)).matches("[0-9a-f]{32}");
      assertThat(swept.await(20, TimeUnit.SECONDS)).isTrue();
      // Its last line comes before the next test, which would take it for its own.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!output.getAll().contains("upkeep is done") && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    assertThat(output.getAll()).contains("upkeep is done");
  }

  @Test
  void whetherThisInstanceDeletesIsSaidPlainly() {
    assertThat(Deletes.of("on").here()).isTrue();
    assertThat(Deletes.of("off").here()).isFalse();
    assertThatThrownBy(() -> Deletes.of("never"))
        .hasMessageContaining("GRANTWAY_UPKEEP is `never`");
  }
}
