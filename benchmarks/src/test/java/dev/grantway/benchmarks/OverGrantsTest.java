package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compiler;
import dev.grantway.figures.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverGrantsTest {
  private static final int BUDGET = 1 << 20;

  @Test
  void theListByHandOpensWhatTheCompiledDocumentDoesNot() {
    OverGrants.Compared small = OverGrants.compare("small", SamplePolicy.of(100, 40, true));
    assertThat(small.requests()).isGreaterThan(100);
    assertThat(small.allowed()).isPositive();
    assertThat(small.byHand().over()).isPositive();
    assertThat(small.compiled().over()).isZero();
    assertThat(small.compiled().under()).isZero();
    assertThatThrownBy(
            () ->
                OverGrants.mustBeExact(
                    SamplePolicy.of(100, 60, false).request(CacheKey.TOKEN, BUDGET),
                    Compiler.compile(
                        SamplePolicy.of(100, 40, false).request(CacheKey.TOKEN, BUDGET))))
        .as("the document of another policy")
        .hasMessageContaining("wrong answer to what the document");
    assertThatThrownBy(
            () -> {
              var request = SamplePolicy.of(100, 40, false).request(CacheKey.TOKEN, 1_000);
              OverGrants.mustBeExact(request, Compiler.compile(request));
            })
        .as("a document that was too large")
        .hasMessageContaining("an exact document");
    assertThat(Report.tables(OverGrants.part(List.of(small)))).contains("| small |");
  }
}
