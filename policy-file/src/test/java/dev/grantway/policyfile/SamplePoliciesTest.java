package dev.grantway.policyfile;

import static dev.grantway.policyfile.Samples.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.RoleName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplePoliciesTest {

  @Test
  void theExampleOfTheContractChecksWithoutErrors() {
    PolicyFile.Read read = Samples.read(Samples.CONTRACT);
    assertThat(read.policy().apis()).hasSize(1);
    assertThat(read.policy().permissions()).hasSize(3);
    assertThat(read.policy().assignments()).hasSize(1);
    assertThat(read.policy().rules().invariants()).hasSize(3);
    assertThat(failures(read)).isEmpty();
  }

  @Test
  void theExampleOfTheDocumentationChecksWithoutFindings() {
    PolicyFile.Read read = Samples.read(Examples.policyFile());
    assertThat(read.findings()).isEmpty();
    assertThat(failures(read)).isEmpty();
  }

  @Test
  void theOrdersSampleChecksAndItsTestsHold() {
    PolicyFile.Read read = Samples.read(PolicyFile.ordersSample());
    assertThat(read.findings()).isEmpty();
    assertThat(read.policy().apiNamed("orders").orElseThrow().routes().routes())
        .hasSizeGreaterThan(38);
    assertThat(read.policy().roles())
        .extracting(role -> role.name().value())
        .contains("viewer", "support", "clerk", "finance", "ops", "seasonal", "eu-clerk");
    assertThat(read.policy().role(new RoleName("support")).orElseThrow().inherits())
        .containsExactly(new RoleName("viewer"));
    assertThat(read.tests()).hasSizeGreaterThan(15);
    assertThat(failures(read)).isEmpty();
  }

  private static List<String> failures(PolicyFile.Read read) {
    var run = new TestRun(read.policy(), CLOCK);
    return read.tests().stream()
        .flatMap(test -> run.failure(test).map(why -> test.name() + ": " + why).stream())
        .toList();
  }
}
