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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method of every service asks for an operator right before it does anything, and for
 * the one that CONTRACT names.
 */
class ServiceGuardTest {
  /** CONTRACT, operator rights; a right is refused what has no dot. */
  private static final String RIGHTS =
      """
                        viewer  editor  approver  owner  auditor
      SEE                 ●       ●        ●        ●       ●
      DRAFT               .       ●        ●        ●       .
      PUBLISH             .       ●        ●        ●       .
      PUBLISH_APPROVED    .       .        ●        ●       .
      CHANGE_RULES        .       .        .        ●       .
      REVOKE              .       .        ●        ●       .
      EVIDENCE            .       .        .        ●       ●
      """;

  private static final String SERVICES =
      """
      ApiService          SEE               apis api named
      AssignmentService   SEE               page
      AssignmentService   DRAFT             save end remove restore
      ApprovalService     PUBLISH_APPROVED  approve reject
      ApprovalService     PUBLISH_APPROVED  waiting
      ApprovalService     DRAFT             comment
      AuditService        SEE               revisions changes logged instances restored
      AuditService        EVIDENCE          days activity bundle verify
      ImportService       DRAFT             dryRun add
      ChangesService      SEE               approvers draft drafts workingCopy review summary documents
      ChangesService      SEE               effectOf inForce knownInForce knownSteps wholeReview knownFindings begun
      ChangesService      DRAFT             begin choose rename stage undo redo restore discard settle
      ChangesService      CHANGE_RULES      rollBack
      ExplainService      DRAFT             apiName explain
      ExportService       EVIDENCE          prepare count begin jobs job cancel past delete file manifest
      ExportService       SEE               policy
      MatrixService       SEE               matrix cell
      MatrixService       DRAFT             counts edit press split
      PinnedSetService      SEE               sets save delete
      OverviewService     SEE               overview findings knownFindings
      OverviewService     CHANGE_RULES      loadSample
      PublishService      SEE               underWay
      PublishService      PUBLISH           publish begin schedule unschedule
      PublishService      CHANGE_RULES      breakGlass beginBreakGlass
      RevocationService   SEE               all board
      RevocationService   REVOKE            read revoke revokeNow lift
      RoleService         SEE               roles names role dependants
      RouteService        SEE               page live
      RouteService        DRAFT             save remove restore
      SettingsService     SEE               page
      SettingsService     DRAFT             save remove restore
      WhoCanService       SEE               moment route tag twins role compare holder memberships
      WhoCanService       DRAFT             compareMembers takeMembers
      ReplayService       SEE               replay knownReplay
      RowService          SEE               assignments rules tests
      WiringService       SEE               all page
      WiringService       DRAFT             check
      WiringService       CHANGE_RULES      connect accept disconnect
      UsageService        SEE               page role of use pseudonym
      ReviewService       SEE               candidates campaigns campaign standing waiting queue answer keepTogether
      ReviewService       PUBLISH_APPROVED  create
      ClosingService      SEE               plan
      ClosingService      PUBLISH_APPROVED  close
      ClosingService      EVIDENCE          report
      TestService         SEE               page
      TestService         DRAFT             save remove restore
      SimulateService     DRAFT             simulate read suggestions stage saveAsTest
      RoleService         DRAFT             savePermission deletePermission restorePermission
      RoleService         DRAFT             createRole changeRole deleteRole
      """;

  private static final Map<String, Set<OperatorRight>> MAY = rights();
  private static final Map<String, String> ASKED = asked();

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

  private static Map<String, Set<OperatorRight>> rights() {
    List<String[]> lines = RIGHTS.lines().map(line -> line.strip().split(" +")).toList();
    var may = new TreeMap<String, Set<OperatorRight>>();
    for (String[] line : lines.subList(1, lines.size())) {
      Set<OperatorRight> rights = EnumSet.noneOf(OperatorRight.class);
      for (int i = 1; i < line.length; i++) {
        if (line[i].equals("●")) {
          rights.add(OperatorRight.named(lines.getFirst()[i - 1]).orElseThrow());
        }
      }
      may.put(line[0], rights);
    }
    return may;
  }

  private static Map<String, String> asked() {
    var asked = new TreeMap<String, String>();
    SERVICES
        .lines()
        .map(line -> line.strip().split(" +"))
        .forEach(
            line -> {
              for (String method : Arrays.asList(line).subList(2, line.length)) {
                asked.put(line[0] + "." + method, line[1]);
              }
            });
    return asked;
  }

  @Test
  void everyMethodHasItsLine() {
    assertThat(METHODS.stream().map(ServiceGuardTest::name).collect(Collectors.toSet()))
        .isEqualTo(ASKED.keySet());
    assertThat(ASKED.values()).isSubsetOf(MAY.keySet());
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
  void eachRightMayWhatTheContractSays(Method method) throws Exception {
    Set<OperatorRight> permitted = MAY.getOrDefault(ASKED.getOrDefault(name(method), ""), Set.of());
    for (OperatorRight right : OperatorRight.values()) {
      var world = new World();
      world.operators.is("vic", right);
      assertThat(call(world, method) instanceof NotPermittedException)
          .as("%s refuses %s", name(method), right)
          .isNotEqualTo(permitted.contains(right));
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
