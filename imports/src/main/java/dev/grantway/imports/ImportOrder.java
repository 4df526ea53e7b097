package dev.grantway.imports;

/**
 * What is to be imported.
 *
 * @param file its name, as findings have it
 * @param api the API whose routes these are, by name; empty where the policy has only one, or the
 *     file names its APIs itself
 * @param complete whether what the file lacks is to go: of a policy file everything, of permissions
 *     those in the APIs that the file names, of assignments those of the issuers that it names
 */
public record ImportOrder(ImportKind kind, String file, String api, boolean complete) {
  public ImportOrder {
    if (complete && !kind.mayBeComplete()) {
      throw new IllegalArgumentException(
          kind.isOfPolicy()
              ? "a list of routes is always complete: those that it lacks become `gone`"
              : "a membership list is always complete: it takes the place of the last one whole");
    }
  }
}
