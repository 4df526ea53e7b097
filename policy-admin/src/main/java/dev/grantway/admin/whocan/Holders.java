package dev.grantway.admin.whocan;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.store.AsOf;
import dev.grantway.store.Membership;
import dev.grantway.store.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is assigned what, read a page at a time. Only so many subjects and clients are kept, and
 * every group: what a group may not do its members may not.
 */
final class Holders {
  private static final int PAGE = 500;

  private final Map<Assignment.Holder, List<Assignment>> kept = new LinkedHashMap<>();
  private int people;
  private int more;

  private Holders() {}

  /** Those who are assigned one of the roles at that time, {@code most} of them. */
  static Holders of(AsOf then, Set<RoleName> roles, Instant at, int most) {
    var holders = new Holders();
    if (!roles.isEmpty()) {
      holders.read(then, it -> it.isLiveAt(at) && roles.contains(it.role()), most);
    }
    return holders;
  }

  /** What is assigned to any of these at that time. */
  static List<Assignment> assignments(AsOf then, Set<Assignment.Holder> some, Instant at) {
    var holders = new Holders();
    holders.read(then, it -> it.isLiveAt(at) && some.contains(it.holder()), some.size());
    return holders.kept.values().stream().flatMap(List::stream).toList();
  }

  /** Subjects have what is assigned to groups that they are in, as far as the list says. */
  Holders with(List<Membership> memberships, int most) {
    Set<Assignment.Holder> left = new HashSet<>();
    for (Membership it : memberships) {
      List<Assignment> ofGroup = kept.getOrDefault(it.through(), List.of());
      if (!ofGroup.isEmpty()) {
        var subject = it.member();
        if (isKept(subject, most)) {
          kept.computeIfAbsent(subject, key -> new ArrayList<>()).addAll(ofGroup);
        } else {
          left.add(subject);
        }
      }
    }
    more += left.size();
    return this;
  }

  /** Those of one holder come one after another. */
  private void read(AsOf then, Predicate<Assignment> wanted, int most) {
    Assignment.Holder last = new Assignment.Holder("", Assignment.Kind.SUBJECT, "");
    String after = "";
    do {
      Page<Assignment> page = then.assignments(after, PAGE);
      for (Assignment it : page.items()) {
        if (wanted.test(it)) {
          Assignment.Holder holder = it.holder();
          if (isKept(holder, most)) {
            kept.computeIfAbsent(holder, key -> new ArrayList<>()).add(it);
          } else if (!holder.equals(last)) {
            more++;
          }
          last = holder;
        }
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
  }

  /** Whether there is room for another, who then takes it. */
  private boolean isKept(Assignment.Holder holder, int most) {
    if (kept.containsKey(holder) || holder.kind() == Assignment.Kind.GROUP) {
      return true;
    }
    boolean room = people < most;
    people += room ? 1 : 0;
    return room;
  }

  Map<Assignment.Holder, List<Assignment>> kept() {
    return kept;
  }

  /** How many there were beyond. */
  int more() {
    return more;
  }
}
