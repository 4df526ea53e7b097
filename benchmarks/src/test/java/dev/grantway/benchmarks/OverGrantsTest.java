package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.figures.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverGrantsTest {
  @Test
  void theListByHandOpensWhatTheCompiledDocumentDoesNot() {
    OverGrants.Compared small = OverGrants.compare("small", SamplePolicy.of(100, 40, true));
    assertThat(small.requests()).isGreaterThan(100);
    assertThat(small.allowed()).isPositive();
    assertThat(small.byHand().over()).isPositive();
    assertThat(small.compiled().over()).isZero();
    assertThat(small.compiled().under()).isZero();
    assertThat(Report.tables(OverGrants.part(List.of(small)))).contains("| small |");
  }
}
