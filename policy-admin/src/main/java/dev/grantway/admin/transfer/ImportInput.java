package dev.grantway.admin.transfer;

import dev.grantway.imports.ImportKind;

/**
 * What is asked to be imported, as typed.
 *
 * @param from a kind of import, or empty for what the file looks like
 * @param file its name
 * @param api whose routes they are, by name
 * @param stage whose deployment is read, where API Gateway is asked; empty for the API's first
 * @param complete whether what the file lacks is to go
 * @param draft that it is compared with and added to; empty for the one the operator edits
 */
public record ImportInput(
    String from, String file, String api, String stage, boolean complete, String draft) {

  /** True where API Gateway is read rather than a file. */
  public boolean isDeployed() {
    return from.equals(ImportKind.APIGATEWAY.text());
  }
}
