package dev.grantway.admin.matrix;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one role may do at every place of a route table, in two bytes each: many are held at once.
 */
final class Column {
  private static final int CONDITIONAL = 4;
  private static final int SOURCE = 3;
  private static final int ACCESS = 3;
  private static final int ALLOWED = 1;
  private static final int DENIED = 2;
  private static final short NOTHING = 0;

  private final short[] codes;
  private final List<RoleName> sources;

  private Column(short[] codes, List<RoleName> sources) {
    this.codes = codes;
    this.sources = sources;
  }

  static Column nothing(int places) {
    return new Column(new short[places], List.of());
  }

  /** From the grants at all places in their order. */
  static Column of(List<Grant> grants, Collection<Permission> permissions) {
    var writer = new Writer(new short[grants.size()], new ArrayList<>(), permissions);
    for (int i = 0; i < grants.size(); i++) {
      writer.put(i, grants.get(i));
    }
    return writer.written();
  }

  /** The same with other grants at some places. */
  Column with(int[] places, List<Grant> grants, Collection<Permission> permissions) {
    var writer = new Writer(codes.clone(), new ArrayList<>(sources), permissions);
    for (int i = 0; i < places.length; i++) {
      writer.put(places[i], grants.get(i));
    }
    return writer.written();
  }

  /** The states of another table's places; nothing where it has none (-1). */
  Column moved(int[] from) {
    var moved = new short[from.length];
    for (int i = 0; i < from.length; i++) {
      moved[i] = from[i] < 0 ? NOTHING : codes[from[i]];
    }
    return new Column(moved, sources);
  }

  CellState state(int place) {
    short code = codes[place];
    int source = code >> SOURCE;
    return code == NOTHING
        ? CellState.NONE
        : new CellState(
            access(code & ACCESS),
            source == 0 ? null : sources.get(source - 1),
            (code & CONDITIONAL) != 0);
  }

  boolean isAllowed(int place) {
    return (codes[place] & ACCESS) == ALLOWED;
  }

  private static Grant.Access access(int code) {
    return switch (code) {
      case ALLOWED -> Grant.Access.ALLOWED;
      case DENIED -> Grant.Access.DENIED;
      default -> Grant.Access.NONE;
    };
  }

  private static int code(Grant.Access access) {
    return switch (access) {
      case ALLOWED -> ALLOWED;
      case DENIED -> DENIED;
      case NONE -> NOTHING;
    };
  }

  boolean isEmpty() {
    for (short code : codes) {
      if (code != NOTHING) {
        return false;
      }
    }
    return true;
  }

  int bytes() {
    return 2 * codes.length;
  }

  /** Puts grants into codes; a role's closure has at most 64 roles. */
  private static final class Writer {
    private final short[] codes;
    private final List<RoleName> sources;
    private final Map<PermissionId, RoleName> owners = new HashMap<>();

    Writer(short[] codes, List<RoleName> sources, Collection<Permission> permissions) {
      this.codes = codes;
      this.sources = sources;
      permissions.forEach(it -> owners.put(it.id(), it.role()));
    }

    void put(int place, Grant grant) {
      int code = code(grant.access()) | (grant.conditional() ? CONDITIONAL : 0);
      codes[place] = (short) (code | (grant.inherited() ? source(grant) << SOURCE : 0));
    }

    private int source(Grant grant) {
      RoleName owner = owners.getOrDefault(grant.by().getFirst(), grant.role());
      if (!sources.contains(owner)) {
        sources.add(owner);
      }
      return sources.indexOf(owner) + 1;
    }

    Column written() {
      return new Column(codes, List.copyOf(sources));
    }
  }
}
