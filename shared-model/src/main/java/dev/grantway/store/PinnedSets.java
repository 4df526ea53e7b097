package dev.grantway.store;

import java.util.List;

/** Each operator's own pinned sets, beside the policy: no part of any revision. */
public interface PinnedSets {

  /** Those of an operator, by name. */
  List<PinnedSet> of(String operator);

  /** Keeps a set, in the place of the operator's set of that name if there is one. */
  void save(String operator, PinnedSet set);

  /** Forgets the operator's set of that name; nothing where there is none. */
  void delete(String operator, String name);
}
