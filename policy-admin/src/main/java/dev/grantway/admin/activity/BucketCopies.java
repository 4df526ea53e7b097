package dev.grantway.admin.activity;

import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.store.dynamodb.AwsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Copies as objects {@code PREFIX/checkpoint-0000000001.json} of an S3 bucket, never overwritten
 * ({@code If-None-Match: *}). What keeps them from being removed is the bucket's Object Lock with a
 * default retention; a bucket without is said in the app's log. For one thread at a time.
 */
final class BucketCopies implements CheckpointCopies {
  private static final Logger LOG = LoggerFactory.getLogger(BucketCopies.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int EXISTS = 412;
  private static final int PAGE = 1000;

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  /** Where listing starts: copies are added at the end and never removed. */
  private String after = "";

  /** What was read lately, by name and ETag, so that a page costs one listing. */
  private Map<String, SignedCheckpoint> read = new HashMap<>();

  private BucketCopies(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * The copies in a bucket; asks it for its Object Lock.
   *
   * @param place {@code BUCKET}, {@code BUCKET/PREFIX}
   */
  static BucketCopies open(String place, AwsSettings aws) {
    String endpoint = aws.endpoint("S3");
    int slash = place.indexOf('/');
    String bucket = slash < 0 ? place : place.substring(0, slash);
    String path = slash < 0 ? "" : place.substring(slash + 1);
    S3Client client =
        aws.on(S3Client.builder(), endpoint)
            .forcePathStyle(!endpoint.isEmpty())
            .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(LIMIT))
            .overrideConfiguration(config -> config.apiCallTimeout(LIMIT))
            .build();
    var copies =
        new BucketCopies(client, bucket, path.isEmpty() || path.endsWith("/") ? path : path + "/");
    copies.warnWithoutLock();
    return copies;
  }

  private void warnWithoutLock() {
    try {
      var lock = client.getObjectLockConfiguration(ask -> ask.bucket(bucket));
      if (lock.objectLockConfiguration() != null
          && lock.objectLockConfiguration().objectLockEnabled() == ObjectLockEnabled.ENABLED
          && lock.objectLockConfiguration().rule() != null) {
        return;
      }
      LOG.warn(
          "bucket `{}` has no default retention under Object Lock: copies of checkpoints can be"
              + " removed by whoever may delete its objects",
          bucket);
    } catch (SdkException e) {
      LOG.warn(
          "whether bucket `{}` has a default retention under Object Lock is not known: {}",
          bucket,
          e.getMessage());
    }
  }

  @Override
  public void copy(SignedCheckpoint it) throws IOException {
    String name = prefix + CheckpointCopies.name(it.checkpoint().number());
    try {
      client.putObject(
          ask -> ask.bucket(bucket).key(name).contentType("application/json").ifNoneMatch("*"),
          RequestBody.fromString(it.line() + "\n"));
    } catch (S3Exception e) {
      if (e.statusCode() != EXISTS) {
        throw failed("`" + name + "` cannot be put", e);
      }
      if (!read(name).equals(it)) {
        throw CheckpointCopies.another("s3://" + bucket + "/" + name);
      }
    } catch (SdkException e) {
      throw failed("`" + name + "` cannot be put", e);
    }
  }

  @Override
  public List<SignedCheckpoint> newest(int most) throws IOException {
    List<S3Object> objects = objects(most < PAGE ? after : "");
    var kept = new HashMap<String, SignedCheckpoint>();
    var copies = new ArrayList<SignedCheckpoint>();
    for (S3Object it : objects.subList(Math.max(0, objects.size() - most), objects.size())) {
      SignedCheckpoint known = read.get(it.key() + it.eTag());
      SignedCheckpoint copy = known == null ? read(it.key()) : known;
      kept.put(it.key() + it.eTag(), copy);
      copies.add(copy);
    }
    if (most >= read.size()) {
      read = kept;
    }
    return copies;
  }

  /** By number. */
  private List<S3Object> objects(String from) throws IOException {
    try {
      List<S3Object> objects =
          client
              .listObjectsV2Paginator(ask -> ask.bucket(bucket).prefix(prefix).startAfter(from))
              .contents()
              .stream()
              .filter(it -> CheckpointCopies.isName(it.key().substring(prefix.length())))
              .sorted(Comparator.comparing(S3Object::key))
              .toList();
      if (objects.size() > PAGE) {
        after = objects.get(objects.size() - PAGE - 1).key();
      }
      return objects;
    } catch (SdkException e) {
      throw failed("copies cannot be listed", e);
    }
  }

  private SignedCheckpoint read(String name) throws IOException {
    try {
      String text = client.getObjectAsBytes(ask -> ask.bucket(bucket).key(name)).asUtf8String();
      return CheckpointCopies.read(text, "s3://" + bucket + "/" + name);
    } catch (SdkException e) {
      throw failed("`" + name + "` cannot be read", e);
    }
  }

  private IOException failed(String what, SdkException e) {
    return new IOException("bucket `" + bucket + "`: " + what + ": " + e.getMessage(), e);
  }
}
