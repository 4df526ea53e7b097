package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.ActivityRecord;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.RuleKind;
import dev.grantway.store.BundleKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.CRC32C;

/** The keys of the table. Names hold no {@code #}, so that parts cannot run into each other. */
final class Keys {
  static final String HEAD = "HEAD";
  static final String NEXT = "NEXT";
  static final String CUT = "CUT";
  static final String REVISIONS = "REVS";
  static final String INSTANTS = "REVAT";
  static final String REVOKED = "REVOKED";
  static final String DRAFTS = "DRAFTS";
  static final String OPEN_DRAFTS = "DRAFTS#OPEN";
  static final String BEAT = "BEAT";
  static final String ROLE = "ROLE#";
  static final String DIRECTORY = "DIR#";
  static final String API = "API#";
  static final String NAMES = "NAMES#";
  static final String PERMISSION_IDS = "PID#";
  static final String ASSIGNMENTS = "ASG#";
  static final String RULES = "RULES#";
  static final String LOG = "LOG#";
  static final String DRAFT = "DRAFT#";
  static final String DAY = "ACT#";
  static final String SETS = "SETS#";
  static final String USE = "USE#";
  static final String ONCE = "ONCE#";
  static final String REVIEWS = "REVIEWS";
  static final String REVIEW = "REVIEW#";
  static final String TALLY = "TALLY";
  static final String ACTIVITY = "ACT";
  static final String CHECKPOINTS = "CHECKS";
  static final String CHOSEN = "CHOSEN";
  static final String DUE = "DUE";
  static final String OPERATORS = "OPERATORS";
  static final String MEMBERS = "MEMBERS";
  static final String WIRED = "WIRED";

  /** Sorts after every name that people may have. */
  static final String LAST = "\uDBFF\uDFFF";

  /** The attempt record in its log partition: sorts before every pack. */
  static final String ATTEMPT = "!";

  /** Sorts after every digit, letter and separator that keys may hold. */
  static final String END = "~";

  static final int DIRECTORY_SHARDS = 16;
  static final int SUBJECT_SHARDS = 256;
  static final int PERMISSION_SHARDS = 4096;

  private static final long MAX = 9_999_999_999L;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Keys() {}

  /** Inverts a number, so that later ones sort first: ten digits. */
  static String inv(long number) {
    return digits(MAX - number);
  }

  static String digits(long number) {
    if (number < 0 || number > MAX) {
      throw new IllegalArgumentException("number " + number + " does not fit ten digits");
    }
    return padded(Long.toString(number), 10);
  }

  private static String padded(String digits, int width) {
    return "0".repeat(width - digits.length()) + digits;
  }

  static long number(String inverted) {
    return MAX - Long.parseLong(inverted);
  }

  static String chunk(BundleKey key, long number, int chunk) {
    return key.prefix() + inv(number) + "#" + padded(Integer.toString(chunk), 2);
  }

  static String log(long number) {
    return LOG + number;
  }

  static String instant(Instant at) {
    return INSTANT.format(at);
  }

  /** The day (UTC) of an instant, as days of the activity log are named. */
  static String day(Instant at) {
    return instant(at).substring(0, "2026-11-26".length());
  }

  static String activity(String day) {
    return DAY + day;
  }

  static String activityRecord(ActivityRecord record) {
    return instant(record.at()) + "#" + record.writer() + "#" + digits(record.seq());
  }

  static String pinnedSets(String operator) {
    return SETS + operator;
  }

  static String keptAnswers(String caller) {
    return ONCE + caller;
  }

  static String usage(ApiId api, String stage) {
    return USE + api + "#" + stage;
  }

  static String review(String id) {
    return REVIEW + id;
  }

  static BundleKey slice(RoleName role, ApiId api) {
    return new BundleKey(ROLE + role, "A#" + api + "#");
  }

  static BundleKey directory(RoleName role) {
    return directory(shard(role.value(), DIRECTORY_SHARDS));
  }

  static BundleKey directory(int shard) {
    return new BundleKey(DIRECTORY + padded(Integer.toString(shard), 2), "");
  }

  static BundleKey api(ApiId api) {
    return new BundleKey(API + api, "");
  }

  static BundleKey apiNames() {
    return new BundleKey(NAMES + "apis", "");
  }

  static BundleKey issuers() {
    return new BundleKey(NAMES + "issuers", "");
  }

  static BundleKey permissionIds(PermissionId id) {
    return new BundleKey(
        PERMISSION_IDS + padded(Integer.toHexString(shard(id.value(), PERMISSION_SHARDS)), 3), "");
  }

  static BundleKey subjects(String issuer, String subject) {
    return assignments(issuer, subjectShard(subject));
  }

  static String subjectShard(String subject) {
    return padded(Integer.toHexString(shard(subject, SUBJECT_SHARDS)), 2);
  }

  /**
   * @param part two hexadecimal digits of a shard of subjects, {@code groups} or {@code clients}
   */
  static BundleKey assignments(String issuer, String part) {
    return new BundleKey(ASSIGNMENTS + issuer + "#" + part, "");
  }

  /** What the keys of all slices of a role begin with. */
  static BundleKey slicesOf(RoleName role) {
    return new BundleKey(ROLE + role, "A#");
  }

  static BundleKey rules(RuleKind kind) {
    return new BundleKey(RULES + kind, "");
  }

  private static int shard(String text, int shards) {
    var crc = new CRC32C();
    crc.update(text.getBytes(UTF_8));
    return (int) (crc.getValue() % shards);
  }
}
