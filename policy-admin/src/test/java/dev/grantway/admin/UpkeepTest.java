package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UpkeepTest {

  @Test
  void leftoversAreSweptThoughRecoveringFails() {
    List<String> done = new ArrayList<>();
    try (var upkeep =
        new Upkeep(
            () -> {
              throw new IllegalStateException("the table does not answer");
            },
            () -> done.add("swept"),
            () -> done.add("taken"),
            () -> done.add("kept"))) {
      upkeep.once();
      upkeep.once();
    }
    assertThat(done).containsExactly("swept", "taken", "kept", "swept", "taken", "kept");
  }

  @Test
  void onlyWhenAllOfItIsDoneItIsSaidToBe(CapturedOutput output) {
    Runnable nothing = () -> {};
    Runnable fails =
        () -> {
          throw new IllegalStateException("the table does not answer");
        };
    for (int failing = 0; failing < 4; failing++) {
      var parts = new ArrayList<>(List.of(nothing, nothing, nothing, nothing));
      parts.set(failing, fails);
      try (var upkeep = new Upkeep(parts.get(0), parts.get(1), parts.get(2), parts.get(3))) {
        upkeep.once();
      }
      assertThat(output.getAll())
          .contains("is left for the next hour")
          .doesNotContain("upkeep is done");
    }
    try (var upkeep = new Upkeep(nothing, nothing, nothing, nothing)) {
      upkeep.once();
    }
    assertThat(output.getAll()).contains("upkeep is done");
  }

  @Test
  void itBeginsWhenTheAppStarts() throws InterruptedException {
    var swept = new CountDownLatch(1);
    try (var upkeep = new Upkeep(() -> {}, swept::countDown, () -> {}, () -> {})) {
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
}
