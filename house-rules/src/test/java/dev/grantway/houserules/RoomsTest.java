package dev.grantway.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.grantway.houserules.house.attic.Attic;
import dev.grantway.houserules.house.cellar.Cellar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter().importClasses(Attic.class, Cellar.class);

  private static List<String> violations(Map<String, Set<String>> arrows) {
    return new Rooms("dev.grantway.houserules.house", arrows).violations(HOUSE);
  }

  @Test
  void whatTheArrowsAllowIsNoViolation() {
    assertThat(violations(Map.of("attic", Set.of("cellar"), "cellar", Set.of()))).isEmpty();
  }

  @Test
  void aUseAgainstTheArrowsIsOneAlsoThroughAnArray() {
    assertThat(violations(Map.of("attic", Set.of(), "cellar", Set.of("attic"))))
        .allSatisfy(line -> assertThat(line).contains("Attic", "Cellar"))
        .anyMatch(line -> line.contains("Attic.one()"))
        .anyMatch(line -> line.contains("Attic.many()"));
  }

  @Test
  void aClassOutsideAndAnEmptyRoomAreOnes() {
    assertThat(violations(Map.of("attic", Set.of("cellar"), "garden", Set.of())))
        .containsExactly(
            "dev.grantway.houserules.house.cellar.Cellar lives in no room: name `cellar`, or move it",
            "room `garden` has no class: take it out");
  }
}
