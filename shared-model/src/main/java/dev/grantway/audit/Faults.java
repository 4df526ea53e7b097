package dev.grantway.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, up to a number that still says something. */
final class Faults {
  private static final int MOST = 1_000;

  private final List<Fault> found = new ArrayList<>();

  void add(String record, String why) {
    if (found.size() < MOST) {
      found.add(new Fault(record, why));
    }
  }

  List<Fault> found() {
    return List.copyOf(found);
  }
}
