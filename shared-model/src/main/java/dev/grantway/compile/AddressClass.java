package dev.grantway.compile;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Addresses that no condition tells apart (COMP-04).
 *
 * @param sample one of them, empty for the class of requests without an address
 */
record AddressClass(Kind kind, List<String> in, List<String> notIn, String sample) {
  /** What the class is about. */
  enum Kind {
    /** No condition looks at addresses. */
    ANY,
    BLOCK,
    OUTSIDE,
    ABSENT
  }

  AddressClass {
    in = List.copyOf(in);
    notIn = List.copyOf(notIn);
  }

  static List<AddressClass> of(Collection<Permission> permissions, String sourceIp) {
    var blocks = new TreeSet<AddressBlock>();
    boolean looked = false;
    for (Permission permission : permissions) {
      for (Condition.Clause clause : permission.condition().clauses()) {
        if (clause.attribute() instanceof Attribute.SourceIp) {
          looked = true;
          if (clause.operator().family() == Operator.Family.IP) {
            clause.values().forEach(value -> blocks.add(AddressBlock.parse(value)));
          }
        }
      }
    }
    return looked
        ? merged(classes(blocks), permissions)
        : List.of(new AddressClass(Kind.ANY, List.of(), List.of(), sourceIp));
  }

  private static List<AddressClass> classes(Collection<AddressBlock> blocks) {
    var classes = new ArrayList<AddressClass>();
    for (AddressBlock block : blocks) {
      List<AddressBlock> inner = AddressBlock.outermost(block.strictlyInside(blocks));
      block
          .addressOutside(inner)
          .ifPresent(
              sample ->
                  classes.add(
                      new AddressClass(
                          Kind.BLOCK, List.of(block.toString()), texts(inner), sample)));
    }
    List<AddressBlock> outer = AddressBlock.outermost(blocks);
    Optional<String> elsewhere =
        AddressBlock.EVERY_V4
            .addressOutside(outer)
            .or(() -> AddressBlock.EVERY_V6.addressOutside(outer));
    elsewhere.ifPresent(
        sample -> classes.add(new AddressClass(Kind.OUTSIDE, List.of(), texts(outer), sample)));
    classes.add(new AddressClass(Kind.ABSENT, List.of(), List.of(), ""));
    return classes;
  }

  /** Whole blocks of which every condition holds alike are one class. */
  private static List<AddressClass> merged(
      List<AddressClass> classes, Collection<Permission> permissions) {
    var merged = new LinkedHashMap<Object, AddressClass>();
    for (AddressClass each : classes) {
      boolean whole = each.kind == Kind.BLOCK && each.notIn.isEmpty();
      merged.merge(whole ? outcomes(each, permissions) : each, each, AddressClass::with);
    }
    return List.copyOf(merged.values());
  }

  private AddressClass with(AddressClass other) {
    return new AddressClass(
        kind, Stream.concat(in.stream(), other.in.stream()).toList(), notIn, sample);
  }

  /** Of each condition on addresses, whether one of its blocks contains this one. */
  private static List<Boolean> outcomes(AddressClass one, Collection<Permission> permissions) {
    AddressBlock block = AddressBlock.parse(one.in.getFirst());
    return permissions.stream()
        .flatMap(permission -> permission.condition().clauses().stream())
        .filter(clause -> clause.operator().family() == Operator.Family.IP)
        .map(
            clause ->
                clause.values().stream()
                    .anyMatch(value -> AddressBlock.parse(value).contains(block)))
        .toList();
  }

  private static List<String> texts(List<AddressBlock> blocks) {
    return blocks.stream().map(AddressBlock::toString).toList();
  }

  /** What holds for these addresses; on an ALLOW never for a request without one. */
  List<StatementCondition> conditions(Effect effect) {
    boolean ifExists = effect == Effect.DENY;
    var conditions = new ArrayList<StatementCondition>();
    if (!in.isEmpty()) {
      conditions.add(address(IamOperator.IP_ADDRESS, ifExists, in));
    }
    if (!notIn.isEmpty()) {
      conditions.add(address(IamOperator.NOT_IP_ADDRESS, ifExists, notIn));
    }
    boolean needsPresence = kind == Kind.OUTSIDE && effect == Effect.ALLOW;
    if (needsPresence || kind == Kind.ABSENT) {
      conditions.add(
          address(IamOperator.NULL, false, List.of(Boolean.toString(kind == Kind.ABSENT))));
    }
    return conditions;
  }

  private static StatementCondition address(
      IamOperator operator, boolean ifExists, List<String> values) {
    return new StatementCondition(operator, ifExists, IamContext.SOURCE_IP, values);
  }
}
