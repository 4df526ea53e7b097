package dev.grantway.deploy;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * What the admin app is deployed with.
 *
 * @param table where the policy is
 * @param image of the admin app
 * @param vpc with private subnets that reach DynamoDB, the issuer, KMS and API Gateway
 * @param certificate for the name that operators use
 * @param allowedFrom addresses (CIDR) that may reach it
 * @param internetFacing whether it has a public address
 * @param clientSecret the OIDC client's secret, as text
 * @param environment the {@code GRANTWAY_*} names of docs/operations.md but the table's and the
 *     secret's; {@code GRANTWAY_OIDC_ISSUER} and {@code GRANTWAY_OIDC_CLIENT_ID} are needed
 * @param flushed ARNs of the authorizer caches that it may flush, such as {@code
 *     arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod/cache/authorizers}
 * @param read ARNs of the APIs whose wiring and routes it may read, such as {@code
 *     arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5} and the same with {@code /*}
 * @param instances how many serve operators
 */
public record AdminSettings(
    TableReference table,
    ContainerImage image,
    IVpc vpc,
    ICertificate certificate,
    List<String> allowedFrom,
    boolean internetFacing,
    ISecret clientSecret,
    Map<String, String> environment,
    List<String> flushed,
    List<String> read,
    int instances) {
  public AdminSettings {
    allowedFrom = List.copyOf(allowedFrom);
    environment = Map.copyOf(environment);
    flushed = List.copyOf(flushed);
    read = List.copyOf(read);
  }
}
