package dev.grantway.admin;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.imports.AwsDeployedApis;
import dev.grantway.imports.DeployedApis;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.DynamoActivity;
import dev.grantway.store.dynamodb.DynamoAudit;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the app is made of, besides its services and views. */
@Configuration
class AdminConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Where deployed APIs are read: with the same API Gateway whose caches are flushed. */
  @Bean
  DeployedApis deployedApis(AdminSettings settings) {
    if (settings.flushUrl().isEmpty()) {
      return (api, stage) -> {
        throw new DeployedApis.Unreadable(
            "this app is not connected to API Gateway: set GRANTWAY_FLUSH_URL, or import the"
                + " document from a file");
      };
    }
    String url = settings.flushUrl().equals(AdminSettings.FLUSH_ON_AWS) ? "" : settings.flushUrl();
    return new AwsDeployedApis(url, System.getenv());
  }

  /** The table in DynamoDB; tests bring one in memory. */
  @Configuration
  @Profile("!memory")
  static class InDynamoDb {
    @Bean
    DynamoDbClient table() {
      return DynamoClients.create(System.getenv());
    }

    @Bean
    DynamoPolicyRepository policyTable(
        DynamoDbClient table, AdminSettings settings, Clock clock, Deletes deletes) {
      return new DynamoPolicyRepository(table, settings.table(), clock, deletes.here());
    }

    @Bean
    Deletes deletes(@Value("${grantway.upkeep}") String upkeep) {
      return Deletes.of(upkeep);
    }

    @Bean
    @Primary
    PolicyRepository policy(DynamoPolicyRepository policyTable) {
      return new ReadOnce(policyTable);
    }

    @Bean
    DynamoActivity activityLog(DynamoDbClient table, AdminSettings settings, Clock clock) {
      return new DynamoActivity(table, settings.table(), clock);
    }

    @Bean
    DynamoAudit auditSource(DynamoDbClient table, AdminSettings settings, Clock clock) {
      return new DynamoAudit(table, settings.table(), clock);
    }

    @Bean(initMethod = "start")
    Upkeep upkeep(
        DynamoPolicyRepository policyTable,
        Checkpoints checkpoints,
        Activity activity,
        Clock clock,
        Deletes deletes) {
      var retention = new CarriedRetention(policyTable, policyTable::keepFrom, activity, clock);
      return new Upkeep(
          deletes, policyTable::recover, policyTable::sweep, checkpoints::take, retention);
    }
  }
}
