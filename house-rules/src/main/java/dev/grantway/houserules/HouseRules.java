package dev.grantway.houserules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds in every module. A module's {@code ArchitectureTest} extends this, says what the
 * module may use, and adds what holds between its own rooms.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HouseRules {
  /** The module's own classes, without its tests and without what JMH generates. */
  protected final JavaClasses ours =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPath(Path.of(System.getProperty("basedir", ""), "target", "classes"));

  private final String root;
  private final String[] mayUse;

  /**
   * Rules for the module whose classes are all below a package.
   *
   * @param root such as {@code dev.grantway.cli}
   * @param mayUse packages that it may use besides its own, the JDK's {@code java} and JSpecify, as
   *     ArchUnit writes them, such as {@code com.nimbusds..}: what docs/architecture.md allows the
   *     module, and the libraries that come with it
   */
  protected HouseRules(String root, String... mayUse) {
    this.root = root;
    this.mayUse =
        Stream.concat(Stream.of(root + "..", "java..", "org.jspecify.."), Stream.of(mayUse))
            .toArray(String[]::new);
  }

  @Test
  void theModuleUsesOnlyWhatItMay() {
    classes().should().onlyDependOnClassesThat().resideInAnyPackage(mayUse).check(ours);
  }

  @Test
  void timeComesFromAClock() {
    noClasses()
        .should()
        .callMethodWhere(DescribedPredicate.describe("asks for now", HouseRules::asksForNow))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(Date.class)
        .check(ours);
  }

  private static boolean asksForNow(JavaCall<?> call) {
    return call.getTargetOwner().getPackageName().equals("java.time")
        && call.getName().equals("now")
        && call.getTarget().getRawParameterTypes().isEmpty();
  }

  @Test
  void nothingStaticChanges() {
    noFields().that().areStatic().should().notBeFinal().allowEmptyShould(true).check(ours);
  }

  /**
   * Sees that every class is in one of these rooms, and uses of its own module only what its room
   * may.
   *
   * @param arrows the rooms that each may use, all by their names below the module's package; the
   *     module's package itself is the empty name, and a room does not include those inside it
   */
  protected final void checkRooms(Map<String, Set<String>> arrows) {
    assertThat(new Rooms(root, arrows).violations(ours)).isEmpty();
  }

  /** Sees that nothing on the class path, of this module and its tests, has these classes. */
  protected static void checkAbsent(String... names) {
    assertThat(List.of(names))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThatThrownBy(() -> Class.forName(name))
                    .as(name)
                    .isInstanceOf(ClassNotFoundException.class));
  }
}
