package dev.grantway.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.Secret;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The admin app on Fargate behind a load balancer that speaks TLS and keeps a session on one
 * instance, and beside it one instance that nobody reaches, which does the upkeep. The app's role
 * adds to the records of the past and deletes none; the sweep of gaps and retention, which delete,
 * run under the role of that other one, which is the app's besides.
 */
public final class GrantwayAdmin extends Construct {
  private static final int PORT = 8080;
  private static final Duration SESSION = Duration.hours(12);
  private static final int CPU = 512;
  private static final int MEMORY = 2048;
  private static final int DRAIN_SECONDS = 30;

  private final AdminSettings settings;
  private final LogGroup log;
  private final Role role;
  private final List<Alarm> upkeepAlarms;
  private final Role upkeepRole;
  private final ApplicationLoadBalancer balancer;

  public GrantwayAdmin(Construct scope, String id, AdminSettings settings) {
    super(scope, id);
    this.settings = settings;
    check(settings);
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_YEAR)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    var access = new TableAccess(settings.table());
    role = role("Role", "Grantway admin app: publishes, never deletes records", access.admin());
    upkeepRole = role("UpkeepRole", "Grantway upkeep: sweeps and retains", access.upkeep());
    for (Role each : List.of(role, upkeepRole)) {
      atApiGateway(each, "FlushCaches", "apigateway:DELETE", settings.flushed());
      atApiGateway(each, "ReadApis", "apigateway:GET", settings.read());
    }
    var cluster = Cluster.Builder.create(this, "Cluster").vpc(settings.vpc()).build();
    balancer =
        ApplicationLoadBalancer.Builder.create(this, "Balancer")
            .vpc(settings.vpc())
            .internetFacing(settings.internetFacing())
            .dropInvalidHeaderFields(true)
            .build();
    serve(service(cluster, "App", role, settings.instances(), "off"));
    var _ = service(cluster, "Upkeep", upkeepRole, 1, "on");
    upkeepAlarms = List.of(alarmOfUpkeepLeft(), alarmOfNoUpkeep());
  }

  /** Upkeep says of each part that it could not do; nothing else notices before the table grows. */
  private Alarm alarmOfUpkeepLeft() {
    return hoursOf("UpkeepIsLeft", "UpkeepLeft", "is left for the next hour")
        .alarmDescription(
            "Upkeep failed in three hours running: unfinished publishes, leftovers, checkpoints or"
                + " retention wait. docs/operations.md says what to do first.")
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .threshold(0)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  /** A task that hangs or is gone says nothing at all, and nobody asks it anything. */
  private Alarm alarmOfNoUpkeep() {
    return hoursOf("NoUpkeep", "UpkeepDone", "upkeep is done")
        .alarmDescription(
            "No upkeep was done in three hours running: its task is not there, hangs or fails."
                + " docs/operations.md says what to do first.")
        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
        .threshold(1)
        .treatMissingData(TreatMissingData.BREACHING)
        .build();
  }

  /** Counts lines of the log that hold these words, hour by hour, three of them. */
  private Alarm.Builder hoursOf(String alarm, String name, String words) {
    var said =
        MetricFilter.Builder.create(this, name)
            .logGroup(log)
            .filterPattern(FilterPattern.literal("\"" + words + "\""))
            .metricNamespace("Grantway/Admin")
            .metricName(name)
            .metricValue("1")
            .build();
    return Alarm.Builder.create(this, alarm)
        .metric(
            said.metric(MetricOptions.builder().statistic("Sum").period(Duration.hours(1)).build()))
        .evaluationPeriods(3);
  }

  /** Tell that upkeep is not done; add what they do, such as a message to a topic. */
  public List<Alarm> upkeepAlarms() {
    return upkeepAlarms;
  }

  private static void atApiGateway(Role role, String sid, String action, List<String> resources) {
    if (!resources.isEmpty()) {
      role.addToPolicy(
          PolicyStatement.Builder.create()
              .sid(sid)
              .actions(List.of(action))
              .resources(resources)
              .build());
    }
  }

  /** The app's role, for what checkpoints and exports need besides. */
  public Role role() {
    return role;
  }

  /** The role of the upkeep, which takes checkpoints too. */
  public Role upkeepRole() {
    return upkeepRole;
  }

  /** What operators reach; a name of one's own has to lead to it. */
  public ApplicationLoadBalancer balancer() {
    return balancer;
  }

  private static void check(AdminSettings settings) {
    var faults = new ArrayList<String>();
    for (String name : List.of("GRANTWAY_OIDC_ISSUER", "GRANTWAY_OIDC_CLIENT_ID")) {
      if (settings.environment().getOrDefault(name, "").isEmpty()) {
        faults.add(name + " is not set: nobody could sign in; name the issuer and the client");
      }
    }
    if (settings.environment().getOrDefault("GRANTWAY_OIDC_ISSUER", "").startsWith("http:")) {
      faults.add(
          "GRANTWAY_OIDC_ISSUER is not https: sign-ins could be read and changed; use https");
    }
    for (String name : List.of("GRANTWAY_OIDC_CLIENT_SECRET", "GRANTWAY_TABLE")) {
      if (settings.environment().containsKey(name)) {
        faults.add(name + " is set by the construct: take it out of the environment");
      }
    }
    if (settings.internetFacing() && settings.allowedFrom().contains("0.0.0.0/0")) {
      faults.add(
          "the admin app would be open to the whole internet: name the addresses that operators"
              + " come from, or leave it internal");
    }
    if (settings.instances() < 1) {
      faults.add("no instance would serve operators: at least one is needed");
    }
    if (!faults.isEmpty()) {
      throw new UnsafeWiringException(faults);
    }
  }

  private void serve(FargateService app) {
    var listener =
        balancer.addListener(
            "Tls",
            BaseApplicationListenerProps.builder()
                .port(443)
                .protocol(ApplicationProtocol.HTTPS)
                .sslPolicy(SslPolicy.TLS13_RES)
                .certificates(
                    List.of(ListenerCertificate.fromCertificateManager(settings.certificate())))
                .open(false)
                .build());
    settings
        .allowedFrom()
        .forEach(from -> balancer.getConnections().allowFrom(Peer.ipv4(from), Port.tcp(443)));
    listener.addTargets(
        "App",
        AddApplicationTargetsProps.builder()
            .port(PORT)
            .protocol(ApplicationProtocol.HTTP)
            .targets(List.of(app))
            .stickinessCookieDuration(SESSION)
            .deregistrationDelay(Duration.seconds(DRAIN_SECONDS))
            .healthCheck(
                HealthCheck.builder()
                    .path("/health/live")
                    .healthyHttpCodes("200")
                    .interval(Duration.seconds(10))
                    .timeout(Duration.seconds(5))
                    .healthyThresholdCount(2)
                    .unhealthyThresholdCount(3)
                    .build())
            .build());
  }

  private FargateService service(
      Cluster cluster, String name, Role taskRole, int instances, String upkeep) {
    var task =
        FargateTaskDefinition.Builder.create(this, name + "Task")
            .cpu(CPU)
            .memoryLimitMiB(MEMORY)
            .taskRole(taskRole)
            .build();
    task.addContainer(
        "admin",
        ContainerDefinitionOptions.builder()
            .image(settings.image())
            .environment(environment(upkeep))
            .secrets(
                Map.of(
                    "GRANTWAY_OIDC_CLIENT_SECRET",
                    Secret.fromSecretsManager(settings.clientSecret())))
            .portMappings(List.of(PortMapping.builder().containerPort(PORT).build()))
            .stopTimeout(Duration.seconds(DRAIN_SECONDS + 10))
            .logging(
                LogDriver.awsLogs(
                    AwsLogDriverProps.builder().logGroup(log).streamPrefix(name).build()))
            .build());
    return FargateService.Builder.create(this, name)
        .cluster(cluster)
        .taskDefinition(task)
        .desiredCount(instances)
        .minHealthyPercent(upkeep.equals("on") ? 0 : 100)
        .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
        .build();
  }

  private Map<String, String> environment(String upkeep) {
    var all = new TreeMap<String, String>();
    all.put("SERVER_ADDRESS", "0.0.0.0");
    all.put("SERVER_PORT", Integer.toString(PORT));
    all.put("SERVER_FORWARD_HEADERS_STRATEGY", "native");
    all.put("SERVER_SERVLET_SESSION_COOKIE_SECURE", "true");
    all.put("SERVER_SHUTDOWN", "graceful");
    all.put("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", DRAIN_SECONDS + "s");
    all.put("GRANTWAY_LOG_FORMAT", "ecs");
    all.put("GRANTWAY_FLUSH_URL", settings.flushed().isEmpty() ? "" : "aws");
    all.putAll(settings.environment());
    all.put("GRANTWAY_TABLE", settings.table().name());
    all.put("GRANTWAY_UPKEEP", upkeep);
    return all;
  }

  private Role role(String name, String description, List<PolicyStatement> statements) {
    var made =
        Role.Builder.create(this, name)
            .description(description)
            .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
            .build();
    statements.forEach(made::addToPolicy);
    return made;
  }
}
