package dev.grantway.admin.activity;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.RecordedPublish;
import dev.grantway.store.StoreException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What services tell the activity log: {@link #record} <em>before</em> they do something, {@link
 * #note} how it went. Subjects and details hold names of policy data, operators and numbers, never
 * a token nor the value of a caller's claim; texts that are too long are cut. A detail's name is
 * made of letters and digits.
 *
 * <pre>{@code
 * activity.record(ActivityKind.APPROVED, "draft " + id, Map.of("hash", hash));
 * drafts.approve(…);   // is not reached if that could not be recorded
 * }</pre>
 */
@Component
public class Activity implements RecordedPublish.Journal {
  /** Who did what the app does by itself. */
  public static final String SYSTEM = "system";

  private static final Logger LOG = LoggerFactory.getLogger(Activity.class);

  private final ActivityLog log;
  private final Operators operators;

  public Activity(ActivityLog log, Operators operators) {
    this.log = log;
    this.operators = operators;
  }

  /**
   * Records what whoever is signed in is about to do. Call it before the effect and after every
   * check that could still refuse it.
   *
   * @throws StoreException.Unavailable if it could not be recorded; its message says that nothing
   *     was done, so let it pass, as for a table that does not answer
   */
  public void record(ActivityKind kind, String subject, Map<String, String> details) {
    record(operators.current().name(), kind, subject, details);
  }

  /** The same without details. */
  public void record(ActivityKind kind, String subject) {
    record(kind, subject, Map.of());
  }

  /**
   * The same for somebody else than whoever is signed in on this thread.
   *
   * @param operator the {@link Operator#name}, or {@link #SYSTEM}
   */
  public void record(
      String operator, ActivityKind kind, String subject, Map<String, String> details) {
    record(ActivityEntry.clipped(operator, kind, subject, details));
  }

  @Override
  public void record(ActivityEntry entry) {
    try {
      log.append(entry);
    } catch (StoreException.Unavailable down) {
      throw new StoreException.Unavailable(
          "nothing was done, since it could not be recorded in the activity log: "
              + down.getMessage(),
          down);
    }
  }

  /**
   * Records what has happened already, such as how a publish ended or that somebody signed out.
   * Never fails: what cannot be recorded is said in the app's own log.
   */
  public void note(ActivityKind kind, String subject, Map<String, String> details) {
    note(operators.current().name(), kind, subject, details);
  }

  /** The same for somebody else than whoever is signed in on this thread. */
  public void note(
      String operator, ActivityKind kind, String subject, Map<String, String> details) {
    note(ActivityEntry.clipped(operator, kind, subject, details));
  }

  @Override
  public void note(ActivityEntry entry) {
    try {
      log.append(entry);
    } catch (StoreException down) {
      LOG.warn(
          "the activity log lacks `{}` of `{}` on `{}`: {}",
          entry.kind().code(),
          entry.operator(),
          entry.subject(),
          down.getMessage());
    }
  }
}
