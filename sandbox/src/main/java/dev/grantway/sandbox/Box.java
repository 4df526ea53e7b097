package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.SampleOperators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The summary that {@code up} prints. */
final class Box {
  private Box() {}

  /**
   * @param sample whether the sample APIs are there to be called
   */
  static String of(RunningSystem system, boolean sample) {
    Ports ports = system.ports();
    String base = ports.base() == Ports.DEFAULT_BASE ? "" : " --port-base " + ports.base();
    var lines = new ArrayList<String>();
    lines.add("Grantway sandbox, everything on 127.0.0.1");
    lines.add("");
    lines.add("admin app   http://127.0.0.1:" + ports.admin());
    lines.add(
        "gateway     http://127.0.0.1:" + ports.gateway() + (sample ? "/orders/prod/orders" : ""));
    if (sample) {
      lines.add("            http://127.0.0.1:" + ports.gateway() + "/billing/invoices (HTTP API)");
      lines.add("            ws://127.0.0.1:" + ports.gateway() + "/live/prod (WebSocket)");
    }
    lines.add("issuer      http://127.0.0.1:" + ports.issuer() + "/dev");
    lines.add("table       http://127.0.0.1:" + ports.table() + " (DynamoDB Local)");
    lines.add("data        " + system.data());
    lines.add("");
    lines.add(
        "sign in     "
            + Arrays.stream(SampleOperators.values())
                .map(o -> o.login() + " (" + o.operatorRight() + ")")
                .collect(Collectors.joining(", ")));
    lines.add("            the password is the name");
    if (sample) {
      addNextStep(lines, ports, base);
    }
    return framed(lines);
  }

  private static void addNextStep(List<String> lines, Ports ports, String base) {
    lines.add("");
    lines.add("try next, in another terminal:");
    lines.add("  TOKEN=$(./grantway token" + base + " --roles support)");
    lines.add(
        "  curl -i -X POST http://127.0.0.1:"
            + ports.gateway()
            + "/orders/prod/orders/42/refunds \\");
    lines.add("    -H \"Authorization: Bearer $TOKEN\"");
  }

  private static String framed(List<String> lines) {
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    var out = new StringBuilder();
    out.append("┌").append("─".repeat(width + 2)).append("┐\n");
    for (String line : lines) {
      out.append("│ ").append(line).append(" ".repeat(width - line.length())).append(" │\n");
    }
    return out.append("└").append("─".repeat(width + 2)).append("┘\n").toString();
  }
}
