package dev.grantway.store;

import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Access reviews that nothing outlives. */
final class InMemoryReviews implements AccessReviews {
  private final SortedMap<String, Campaign> campaigns = new TreeMap<>();
  private final Map<String, SortedMap<Integer, ReviewLine>> lines = new HashMap<>();
  private final Map<String, SortedMap<Integer, List<LineAnswer>>> answers = new HashMap<>();
  private final Map<String, Closing> closings = new HashMap<>();
  private final Map<String, Closed> closed = new HashMap<>();
  private final Map<String, SortedMap<Integer, List<String>>> reports = new HashMap<>();
  private final Map<String, Integer> lasts = new HashMap<>();

  @Override
  public synchronized void addLines(String id, List<ReviewLine> some) {
    SortedMap<Integer, ReviewLine> all = lines.computeIfAbsent(id, it -> new TreeMap<>());
    some.forEach(line -> all.put(line.number(), line));
  }

  @Override
  public synchronized void create(Campaign campaign) {
    campaigns.put(campaign.id(), campaign);
  }

  @Override
  public synchronized Optional<Campaign> find(String id) {
    return Optional.ofNullable(campaigns.get(id));
  }

  @Override
  public synchronized Page<Campaign> campaigns(String after, int limit) {
    var older = after.isEmpty() ? campaigns : campaigns.headMap(after);
    List<Campaign> all = new ArrayList<>(older.values()).reversed();
    List<Campaign> some = all.subList(0, Math.min(limit, all.size()));
    return new Page<>(some, all.size() > some.size() ? some.getLast().id() : null);
  }

  @Override
  public synchronized List<ReviewLine> lines(String id, int from, int limit) {
    return lines.getOrDefault(id, new TreeMap<>()).tailMap(from).values().stream()
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<LineAnswer> answers(String id, int from, int to) {
    return of(id).subMap(from, to + 1).values().stream().flatMap(List::stream).toList();
  }

  private SortedMap<Integer, List<LineAnswer>> of(String id) {
    return answers.computeIfAbsent(id, it -> new TreeMap<>());
  }

  @Override
  public synchronized Answered answer(String id, List<LineAnswer> said) {
    if (closings.containsKey(id)) {
      return Answered.CLOSING;
    }
    boolean follows =
        said.stream().allMatch(it -> of(id).getOrDefault(it.line(), List.of()).size() < it.seq());
    if (!follows) {
      return Answered.OVERTAKEN;
    }
    said.forEach(it -> of(id).computeIfAbsent(it.line(), line -> new ArrayList<>()).add(it));
    return Answered.STORED;
  }

  @Override
  public synchronized Tally tally(String id) {
    return Tally.of(of(id).values().stream().flatMap(List::stream).toList());
  }

  @Override
  public synchronized Optional<Closing> begin(String id, Closing closing, Tally seen) {
    if (!closings.containsKey(id) && tally(id).said() == seen.said()) {
      closings.put(id, closing);
    }
    return closing(id);
  }

  @Override
  public synchronized Optional<Closing> closing(String id) {
    return Optional.ofNullable(closings.get(id));
  }

  @Override
  public synchronized void addReport(String id, int first, List<String> some, boolean isLast) {
    reports.computeIfAbsent(id, it -> new TreeMap<>()).putIfAbsent(first, List.copyOf(some));
    if (isLast) {
      lasts.put(id, first);
    }
  }

  @Override
  public synchronized void end(String id, Closed end) {
    closed.putIfAbsent(id, end);
  }

  @Override
  public synchronized Optional<Closed> closed(String id) {
    return Optional.ofNullable(closed.get(id));
  }

  @Override
  public synchronized void report(String id, Consumer<String> visit) {
    reports.getOrDefault(id, new TreeMap<>()).values().forEach(part -> part.forEach(visit));
  }

  @Override
  public synchronized boolean isReported(String id) {
    return lasts.containsKey(id);
  }
}
