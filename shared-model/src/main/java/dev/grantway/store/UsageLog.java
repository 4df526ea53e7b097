package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.LocalDate;
import java.util.List;

/** What logs tell of calls, by day: beside the policy, no part of any revision. */
public interface UsageLog {

  /** Keeps a day for 400 days, in the place of what the same source told of it before. */
  void put(UsageDay day);

  /** What is kept of the days from one to another, both included, by day and source. */
  List<UsageDay> days(ApiId api, String stage, LocalDate from, LocalDate to);
}
