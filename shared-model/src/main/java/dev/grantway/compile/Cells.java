package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/** Every combination of time and address in which the permissions may differ (COMP-04). */
record Cells(List<Span> spans, List<AddressClass> classes) {
  static final int MAX = 16;

  /** Where nothing depends on time or address. */
  static final Cells SINGLE =
      new Cells(
          List.of(new Span(null, null, Instant.EPOCH)),
          List.of(new AddressClass(AddressClass.Kind.ANY, List.of(), List.of(), "")));

  /** One of them; its number counts spans first. */
  record Cell(int number, Span span, AddressClass address) {
    IamContext iamContext() {
      return IamContext.of(span.sample(), address.sample());
    }
  }

  Cells {
    spans = List.copyOf(spans);
    classes = List.copyOf(classes);
  }

  /** A request as it would be in a cell. */
  static AccessRequest at(AccessRequest request, Cell cell) {
    RequestContext context = request.context();
    return new AccessRequest(
        request.api(),
        request.stage(),
        request.action(),
        request.path(),
        request.template(),
        request.principal(),
        new RequestContext(
            cell.address().sample(), context.headers(), context.query(), cell.span().sample()));
  }

  static Cells of(Collection<Permission> permissions, RequestContext context, Duration ttl) {
    return new Cells(
        Span.of(permissions, context.now(), ttl), AddressClass.of(permissions, context.sourceIp()));
  }

  int count() {
    return spans.size() * classes.size();
  }

  List<Cell> all() {
    var cells = new ArrayList<Cell>();
    for (AddressClass address : classes) {
      for (Span span : spans) {
        cells.add(new Cell(cells.size(), span, address));
      }
    }
    return cells;
  }

  /** The numbers of all of them. */
  BitSet numbers() {
    var every = new BitSet();
    every.set(0, count());
    return every;
  }

  /** The alternatives that together hold in these cells, and in no other that is not denied. */
  List<List<StatementCondition>> conditions(BitSet in, Effect effect) {
    BitSet first = spansOf(in, 0);
    var alternatives = new ArrayList<List<StatementCondition>>();
    if (sameForEveryAddress(in)) {
      alternatives.addAll(runs(first, effect));
      return alternatives;
    }
    for (int c = 0; c < classes.size(); c++) {
      if (effect == Effect.ALLOW && classes.get(c).kind() == AddressClass.Kind.ABSENT) {
        continue; // COMP-04: a key that API Gateway does not fill denies
      }
      List<StatementCondition> address = classes.get(c).conditions(effect);
      for (List<StatementCondition> run : runs(spansOf(in, c), effect)) {
        var both = new ArrayList<>(run);
        both.addAll(address);
        alternatives.add(both);
      }
    }
    return alternatives;
  }

  /** Whether an Allow of these cells holds in that one, as {@link #conditions} puts it. */
  boolean allows(BitSet in, Cell cell) {
    boolean lacksKey = cell.address().kind() == AddressClass.Kind.ABSENT;
    return in.get(cell.number()) && (!lacksKey || sameForEveryAddress(in));
  }

  private boolean sameForEveryAddress(BitSet in) {
    BitSet first = spansOf(in, 0);
    for (int c = 1; c < classes.size(); c++) {
      if (!spansOf(in, c).equals(first)) {
        return false;
      }
    }
    return true;
  }

  private BitSet spansOf(BitSet in, int addressClass) {
    int from = addressClass * spans.size();
    return in.get(from, from + spans.size());
  }

  private List<List<StatementCondition>> runs(BitSet in, Effect effect) {
    var runs = new ArrayList<List<StatementCondition>>();
    for (int i = in.nextSetBit(0); i >= 0; i = in.nextSetBit(i)) {
      int end = in.nextClearBit(i);
      runs.add(spans.get(i).until(spans.get(end - 1), effect));
      i = end;
    }
    return runs;
  }
}
