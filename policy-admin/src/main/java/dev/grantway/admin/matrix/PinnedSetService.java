package dev.grantway.admin.matrix;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.RoleName;
import dev.grantway.store.PinnedSet;
import dev.grantway.store.PinnedSets;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * The pinned sets that the operator keeps: nobody else sees them, and no draft or revision has
 * them.
 */
@Service
public class PinnedSetService {
  /** How many an operator may keep. */
  public static final int MOST_SETS = 50;

  /** How many characters the name of one has at most. */
  public static final int MAX_NAME = PinnedSet.MAX_NAME;

  private final PolicyRepository repository;
  private final Operators operators;

  PinnedSetService(PolicyRepository repository, Operators operators) {
    this.repository = repository;
    this.operators = operators;
  }

  /** The operator's sets, by name. */
  public List<NamedRoles> sets() {
    return repository.pinnedSets().of(operators.require(Task.SEE).name()).stream()
        .map(it -> new NamedRoles(it.name(), it.roles()))
        .toList();
  }

  /**
   * Keeps a set, in the place of the one of that name.
   *
   * @return why it is not kept; none where it is
   */
  public Optional<Sentence> save(String name, List<RoleName> roles) {
    Operator operator = operators.require(Task.SEE);
    PinnedSet set;
    try {
      set = new PinnedSet(name.strip(), roles);
    } catch (IllegalArgumentException refused) {
      return Optional.of(new Sentence.OfModel(String.valueOf(refused.getMessage())));
    }
    PinnedSets kept = repository.pinnedSets();
    List<PinnedSet> mine = kept.of(operator.name());
    boolean another = mine.stream().noneMatch(it -> it.name().equals(set.name()));
    if (another && mine.size() >= MOST_SETS) {
      return Optional.of(Sentence.of("matrix.sets.many", Integer.toString(MOST_SETS)));
    }
    kept.save(operator.name(), set);
    return Optional.empty();
  }

  /** Forgets the operator's set of that name. */
  public void delete(String name) {
    repository.pinnedSets().delete(operators.require(Task.SEE).name(), name);
  }
}
