package dev.grantway.houserules;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rooms of one module.
 *
 * @param root the module's package
 * @param arrows the rooms that each may use, by their names below the root
 */
record Rooms(String root, Map<String, Set<String>> arrows) {
  Rooms {
    arrows = Map.copyOf(arrows);
  }

  /** What contradicts the arrows, a line each: a use, a class outside, a room that is empty. */
  List<String> violations(Collection<JavaClass> classes) {
    return Stream.of(outside(classes), empty(classes), uses(classes))
        .flatMap(lines -> lines)
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<String> outside(Collection<JavaClass> classes) {
    return classes.stream()
        .filter(it -> !arrows.containsKey(room(it)))
        .map(it -> it.getName() + " lives in no room: name `" + room(it) + "`, or move it");
  }

  private Stream<String> empty(Collection<JavaClass> classes) {
    return arrows.keySet().stream()
        .filter(room -> classes.stream().noneMatch(it -> room(it).equals(room)))
        .map(room -> "room `" + room + "` has no class: take it out");
  }

  private Stream<String> uses(Collection<JavaClass> classes) {
    return classes.stream()
        .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
        .filter(this::isForbidden)
        .map(Dependency::getDescription);
  }

  private boolean isForbidden(Dependency use) {
    JavaClass target = use.getTargetClass().getBaseComponentType();
    String from = room(use.getOriginClass());
    return isOurs(target)
        && !room(target).equals(from)
        && !arrows.getOrDefault(from, Set.of()).contains(room(target));
  }

  private boolean isOurs(JavaClass type) {
    return (type.getPackageName() + ".").startsWith(root + ".");
  }

  private String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(root) ? "" : name.substring(root.length() + 1);
  }
}
