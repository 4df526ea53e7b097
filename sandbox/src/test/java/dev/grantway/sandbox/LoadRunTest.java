package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.bench.LoadResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadRunTest {
  private static LoadRun.Ran ran(String line) {
    return new LoadRun.Ran(new LoadResult(1, List.of(), 0, 1, new long[] {1}, Map.of()), 0, line);
  }

  @Test
  void theRevisionIsReadFromTheLineOfADecision() {
    assertThat(ran("{\"api\":\"a\",\"revision\":17,\"reads\":0}").revision()).isEqualTo(17);
    assertThat(ran("").revision()).isZero();
  }
}
