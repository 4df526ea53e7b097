package dev.grantway.admin;

import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the app is made of, besides its services and views. */
@Configuration
class AdminConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The table in DynamoDB. */
  @Configuration
  @ConditionalOnMissingBean(PolicyRepository.class)
  static class InDynamoDb {
    @Bean
    DynamoDbClient table() {
      return DynamoClients.create(System.getenv());
    }

    @Bean
    PolicyRepository policy(DynamoDbClient table, AdminSettings settings, Clock clock) {
      return new DynamoPolicyRepository(table, settings.table(), clock);
    }
  }
}
