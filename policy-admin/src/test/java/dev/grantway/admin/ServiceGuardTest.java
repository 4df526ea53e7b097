package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.security.Operators;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.PolicyRepository;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of every service asks for an operator right before it does anything. */
class ServiceGuardTest {
  /** What those who only see may call. */
  private static final Set<String> SEEING =
      Set.of(
          "ApiService.apis",
          "ApiService.named",
          "AuditService.revisions",
          "AuditService.changes",
          "AuditService.logged",
          "RevocationService.all",
          "AuditService.instances",
          "AuditService.restored",
          "ChangesService.draft",
          "ChangesService.workingCopy",
          "ChangesService.review",
          "ChangesService.drafts",
          "ChangesService.inForce",
          "ChangesService.knownInForce",
          "RoleService.roles",
          "RoleService.names",
          "RoleService.role");

  /** What auditors may call besides. */
  private static final Set<String> EVIDENCE =
      Set.of("AuditService.days", "AuditService.activity", "AuditService.bundle");

  private static final List<Method> METHODS = find();

  static List<Method> methods() {
    return METHODS;
  }

  private static List<Method> find() {
    var found = new ArrayList<Method>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.grantway.admin")) {
      if (type.getSimpleName().endsWith("Service")) {
        Stream.of(type.reflect().getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void theServicesAreFound() {
    assertThat(methods()).hasSizeGreaterThan(20);
    assertThat(methods()).extracting(ServiceGuardTest::name).containsAll(SEEING);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whoeverHasNoRightIsRefused(Method method) throws Exception {
    var world = new World();
    world.operators.is("eve");
    assertThat(call(world, method)).isInstanceOf(NotPermittedException.class);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void whoeverOnlySeesChangesNothing(Method method) throws Exception {
    for (OperatorRight right : List.of(OperatorRight.VIEWER, OperatorRight.AUDITOR)) {
      var world = new World();
      world.operators.is("vic", right);
      Throwable thrown = call(world, method);
      boolean may =
          SEEING.contains(name(method))
              || right == OperatorRight.AUDITOR && EVIDENCE.contains(name(method));
      assertThat(thrown instanceof NotPermittedException)
          .as("%s refuses a %s", name(method), right)
          .isNotEqualTo(may);
    }
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private static @Nullable Throwable call(World world, Method method) throws Exception {
    Object service = service(world, method.getDeclaringClass());
    Object[] nothing =
        Arrays.stream(method.getParameterTypes()).map(ServiceGuardTest::empty).toArray();
    method.setAccessible(true);
    Throwable thrown = catchThrowable(() -> method.invoke(service, nothing));
    return thrown instanceof InvocationTargetException wrapped ? wrapped.getCause() : thrown;
  }

  private static @Nullable Object empty(Class<?> type) {
    return type == int.class
        ? (Object) 0
        : type == long.class ? (Object) 0L : type == boolean.class ? (Object) false : null;
  }

  private static Object service(World world, Class<?> type) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    Object[] parts =
        Arrays.stream(constructor.getParameterTypes())
            .map(
                part ->
                    part == PolicyRepository.class
                        ? world.repository
                        : part == Operators.class
                            ? world.operators
                            : part == ChangesService.class
                                ? world.changes
                                : part == ActivityLog.class
                                    ? world.log
                                    : part == Activity.class
                                        ? world.activity
                                        : part == Checkpoints.class ? world.checkpoints : null)
            .toArray();
    return switch (type.getSimpleName()) {
      case "ChangesService" -> world.changes;
      case "ApprovalService" -> world.approvals;
      case "PublishService" -> world.publishes;
      default -> constructor.newInstance(parts);
    };
  }
}
