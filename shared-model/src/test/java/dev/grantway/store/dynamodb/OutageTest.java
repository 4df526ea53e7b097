package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.store.StoreException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** A table that does not answer is told of in people's words, never by a class of the SDK. */
class OutageTest {
  /** Answers every read with one exception. */
  private record Failing(SdkException why) implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      throw why;
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private static SdkException refused(String code, int status) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .statusCode(status)
        .build();
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.of(SdkClientException.create("no route"), "cannot be reached"),
        Arguments.of(ApiCallTimeoutException.create(1), "did not answer in time"),
        Arguments.of(ApiCallAttemptTimeoutException.create(1), "did not answer in time"),
        Arguments.of(ResourceNotFoundException.builder().build(), "does not exist"),
        Arguments.of(
            ProvisionedThroughputExceededException.builder()
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build(),
            "more than it may do"),
        Arguments.of(refused("AccessDeniedException", 400), "refused with `AccessDeniedException`"),
        Arguments.of(DynamoDbException.builder().statusCode(503).build(), "HTTP status 503"));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void anOutageSaysWhatHappenedAndWhatToDo(SdkException why, String says) {
    var table = Table.of(new Failing(why), "policy");
    assertThatThrownBy(() -> table.get("pk", "sk"))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageStartingWith("table `policy` ")
        .hasMessageContaining(says)
        .hasMessageNotContainingAny("SdkClient", "ApiCall");
  }
}
