package dev.grantway.sandbox.twin;

import dev.grantway.compile.PolicyDocument;
import java.util.Map;

/** What a Lambda authorizer returned, taken as API Gateway takes it. */
sealed interface AuthorizerAnswer {

  /** What the backend is told, {@code principalId} among it. */
  Map<String, String> context();

  /** An IAM policy document, evaluated afresh for each request. */
  record Policy(PolicyDocument document, Map<String, String> context) implements AuthorizerAnswer {
    public Policy {
      context = Map.copyOf(context);
    }
  }

  /** Yes or no, the same for every request that it is kept for. */
  record Simple(boolean authorized, Map<String, String> context) implements AuthorizerAnswer {
    public Simple {
      context = Map.copyOf(context);
    }
  }

  /** An answer that API Gateway refuses: it tells the client 500 and no more. */
  final class MalformedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String message) {
      super(message);
    }
  }
}
