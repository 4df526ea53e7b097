package dev.grantway.policyfile;

import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Policy;
import dev.grantway.resource.Action;
import java.time.Clock;
import java.util.Optional;

/** Runs the tests of a policy. */
public final class TestRun {
  private final PolicyDecider decider;
  private final Clock clock;

  public TestRun(Policy policy, Clock clock) {
    this.decider = new PolicyDecider(policy);
    this.clock = clock;
  }

  /** What the test asks; its time is the clock's where it names none. */
  public PolicyDecider.Question question(PolicyTest test) {
    PolicyTest.Context context = test.context();
    return new PolicyDecider.Question(
        test.caller(),
        test.api(),
        test.stage(),
        Action.valueOf(test.method()),
        test.path(),
        "",
        new RequestContext(
            context.sourceIp(),
            context.headers(),
            context.query(),
            context.now().orElseGet(clock::instant)));
  }

  public PolicyDecider.Answer answer(PolicyTest test) {
    return decider.decide(question(test));
  }

  /** Empty if the test holds; otherwise in what the answer differs. */
  public Optional<String> failure(PolicyTest test) {
    Decision decision = decider.decision(question(test));
    Effect effect = decision.isAllowed() ? Effect.ALLOW : Effect.DENY;
    String got = effect + " by " + decision.by() + " (" + decision.reason().code() + ")";
    if (effect != test.expect()) {
      return Optional.of("expected " + test.expect() + ", got " + got);
    }
    if (test.by().isPresent() && !test.by().get().equals(decision.by())) {
      return Optional.of("expected by " + test.by().get() + ", got " + got);
    }
    if (!test.reason().isEmpty() && !test.reason().equals(decision.reason().code())) {
      return Optional.of("expected the reason " + test.reason() + ", got " + got);
    }
    return Optional.empty();
  }
}
