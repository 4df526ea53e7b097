package dev.grantway.sandbox.table;

import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * DynamoDB Local, but no write is answered before it is committed. DynamoDB Local hands the commit
 * to the one thread that speaks to SQLite and answers at once, so that whoever kills it then loses
 * what was answered. A read waits for its turn with the same thread, and with it for the commit.
 */
final class DurableRequests extends LocalDynamoDBRequestHandler {
  private static final int ONE_PARTITION = 0;

  DurableRequests(Path directory) {
    super(ONE_PARTITION, false, directory.toString(), true, false);
  }

  private <T> T committed(T answer, String key, String region) {
    listTables(key, region, ListTablesRequest.builder().limit(1).build());
    return answer;
  }

  @Override
  public CreateTableResponse createTable(String key, String region, CreateTableRequest request) {
    return committed(super.createTable(key, region, request), key, region);
  }

  @Override
  public PutItemResponse putItem(String key, String region, PutItemRequest request) {
    return committed(super.putItem(key, region, request), key, region);
  }

  @Override
  public UpdateItemResponse updateItem(String key, String region, UpdateItemRequest request) {
    return committed(super.updateItem(key, region, request), key, region);
  }

  @Override
  public DeleteItemResponse deleteItem(String key, String region, DeleteItemRequest request) {
    return committed(super.deleteItem(key, region, request), key, region);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(
      String key, String region, BatchWriteItemRequest request) {
    return committed(super.batchWriteItem(key, region, request), key, region);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(
      String key, String region, TransactWriteItemsRequest request) {
    return committed(super.transactWriteItems(key, region, request), key, region);
  }
}
