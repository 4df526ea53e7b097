package dev.grantway.store.dynamodb;

import dev.grantway.policy.Assignment;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.Page;
import java.util.ArrayList;

/** Assignments in the order of issuer, part and key; the cursor names the last one given. */
final class AssignmentPages {
  private AssignmentPages() {}

  static Page<Assignment> page(View view, String after, int limit) {
    var items = new ArrayList<Assignment>();
    String last = "";
    for (var issuer : view.issuers().entrySet()) {
      for (String part : issuer.getValue()) {
        String prefix = issuer.getKey() + " " + part + " ";
        if ((prefix + Keys.END).compareTo(after) < 0) {
          continue;
        }
        for (StampedRow row : view.rows(Keys.assignments(issuer.getKey(), part)).values()) {
          String cursor = prefix + row.row().key().text();
          if (cursor.compareTo(after) > 0) {
            if (items.size() == limit) {
              return new Page<>(items, last);
            }
            items.add(View.assignment(row));
            last = cursor;
          }
        }
      }
    }
    return new Page<>(items, null);
  }
}
