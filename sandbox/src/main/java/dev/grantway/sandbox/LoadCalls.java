package dev.grantway.sandbox;

import dev.grantway.sandbox.bench.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The calls of {@code bench load}: of six, four are granted to role {@code support}. */
final class LoadCalls {
  /** How many calls each caller makes, each of another route. */
  static final int OF_A_CALLER = 6;

  private static final int GRANTED = 200;
  private static final int REFUSED = 403;
  private static final long SEED = 20_261_127;

  private LoadCalls() {}

  /** Six calls of each caller, in a random order that is the same each time. */
  static List<Call> of(List<String> tokens) {
    var calls = new ArrayList<Call>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String order = "/orders/" + (1000 + i);
      calls.add(granted("/orders", token));
      calls.add(granted(order, token));
      calls.add(granted("/orders/search", token));
      calls.add(granted(order + "/items", token));
      calls.add(refused("POST", order + "/refunds", token));
      calls.add(refused("PUT", order, token));
    }
    Collections.shuffle(calls, new Random(SEED));
    return calls;
  }

  private static Call granted(String path, String token) {
    return new Call("GET", "/orders/prod" + path, token, GRANTED, "\"path\" : \"" + path + "\"");
  }

  private static Call refused(String method, String path, String token) {
    return new Call(method, "/orders/prod" + path, token, REFUSED, "not authorized");
  }
}
