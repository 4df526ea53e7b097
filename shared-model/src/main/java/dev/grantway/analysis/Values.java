package dev.grantway.analysis;

import dev.grantway.decision.ClaimValue;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Cidr;
import dev.grantway.policy.Condition.Clause;
import dev.grantway.policy.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One value of an attribute for every way in which clauses on it can come out, but for its absence.
 */
final class Values {
  private final Attribute attribute;
  private final Set<ClaimValue> single = new LinkedHashSet<>();

  private Values(Attribute attribute) {
    this.attribute = attribute;
  }

  /**
   * The values.
   *
   * @param segments of paths, which a claim in a pattern may equal
   * @return empty if there are too many
   */
  static Optional<List<ClaimValue>> of(
      Attribute attribute, Collection<Clause> clauses, Set<String> segments) {
    var values = new Values(attribute);
    var globs = new ArrayList<Glob>();
    if (attribute instanceof Attribute.Claim) {
      segments.forEach(segment -> globs.add(Glob.literal(segment)));
    }
    for (Clause clause : clauses) {
      switch (clause.operator().family()) {
        case STRING ->
            clause
                .values()
                .forEach(
                    it ->
                        globs.add(
                            clause.operator() == Operator.STRING_LIKE
                                ? Glob.pattern(it)
                                : Glob.literal(it)));
        case NUMERIC -> values.addNumbers(clause.values());
        case DATE -> values.addDates(clause.values());
        case BOOL -> values.addBooleans();
        case IP -> values.addAddresses(clause.values());
        case NULL -> {}
      }
    }
    Optional<List<String>> texts = Glob.everyWay(globs);
    texts.ifPresent(found -> found.forEach(it -> values.single.add(new ClaimValue.Text(it))));
    if (attribute instanceof Attribute.Claim) {
      values.single.add(new ClaimValue.Opaque());
    }
    return texts.isEmpty() ? Optional.empty() : values.withLists(clauses.size());
  }

  private void addNumbers(List<String> limits) {
    var numbers = new TreeSet<BigDecimal>();
    for (String limit : limits) {
      var number = new BigDecimal(limit);
      var step = BigDecimal.ONE.scaleByPowerOfTen(-Math.max(number.scale(), 0) - 1);
      numbers.addAll(List.of(number.subtract(step), number, number.add(step)));
    }
    numbers.forEach(
        it -> single.add(isClaim() ? new ClaimValue.Number(it) : text(it.toPlainString())));
  }

  private void addDates(List<String> limits) {
    var instants = new TreeSet<Instant>();
    for (String limit : limits) {
      Instant at = Instant.parse(limit);
      instants.addAll(List.of(at.minusNanos(1), at, at.plusNanos(1)));
    }
    instants.forEach(it -> single.add(text(it.toString())));
  }

  private void addBooleans() {
    for (boolean bool : List.of(true, false)) {
      single.add(isClaim() ? new ClaimValue.Bool(bool) : text(Boolean.toString(bool)));
    }
  }

  /** The ends of each block and their neighbours: blocks lie inside one another or apart. */
  private void addAddresses(List<String> blocks) {
    for (String block : blocks) {
      Cidr cidr = Cidr.parse(block);
      int bits = 8 * cidr.network().getAddress().length;
      BigInteger size = BigInteger.ONE.shiftLeft(bits - cidr.prefix());
      BigInteger first = new BigInteger(1, cidr.network().getAddress()).divide(size).multiply(size);
      BigInteger last = first.add(size).subtract(BigInteger.ONE);
      for (BigInteger address :
          List.of(first.subtract(BigInteger.ONE), first, last, last.add(BigInteger.ONE))) {
        if (address.signum() >= 0 && address.bitLength() <= bits) {
          single.add(text(address(address, bits / 8)));
        }
      }
    }
  }

  private static String address(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    var bytes = new byte[length];
    int copied = Math.min(digits.length, length);
    System.arraycopy(digits, digits.length - copied, bytes, length - copied, copied);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(Arrays.toString(bytes) + " has a wrong length", e);
    }
  }

  private boolean isClaim() {
    return attribute instanceof Attribute.Claim;
  }

  private static ClaimValue text(String text) {
    return new ClaimValue.Text(text);
  }

  /**
   * A list comes out as its elements do together, so one element for each clause, and one that
   * cannot be evaluated, are as good as any list.
   */
  private Optional<List<ClaimValue>> withLists(int clauses) {
    var values = new ArrayList<ClaimValue>(single);
    boolean alone =
        attribute instanceof Attribute.Client || attribute instanceof Attribute.SourceIp;
    if (alone || clauses == 0) {
      return Optional.of(values);
    }
    List<List<ClaimValue>> lists = List.of(List.of());
    var elements = List.copyOf(single);
    for (int size = 0; size <= clauses; size++) {
      var longer = new ArrayList<List<ClaimValue>>();
      for (List<ClaimValue> list : lists) {
        int from = list.isEmpty() ? 0 : elements.indexOf(list.getLast()) + 1;
        for (ClaimValue element : elements.subList(from, elements.size())) {
          var next = new ArrayList<>(list);
          next.add(element);
          longer.add(next);
        }
      }
      if (values.size() + longer.size() > Circumstances.MAX) {
        return Optional.empty();
      }
      longer.stream()
          .filter(list -> list.size() > 1)
          .forEach(list -> values.add(new ClaimValue.Items(list)));
      lists = longer;
    }
    return Optional.of(values);
  }
}
