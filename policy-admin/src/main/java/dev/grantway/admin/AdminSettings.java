package dev.grantway.admin;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * What the admin app is told by its environment, {@code GRANTWAY_TABLE} and so on; {@code
 * application.yaml} holds the defaults.
 *
 * <p>A duration is written as the authorizer's settings write it; a bare number is seconds.
 *
 * @param table the name of the table
 * @param operatorClaim the claim of the ID token that operators are known by, in drafts, history,
 *     limits and as first owner: one that the issuer never gives to two people and lets nobody
 *     choose, such as {@code sub}
 * @param firstOwner who is owner whatever their token says, by that claim; empty for nobody
 * @param insteadOfLocalhost the app's own address, to which a browser that asked for {@code
 *     localhost} is led since the issuer knows no other; empty where every name is as good
 * @param flushUrl where API Gateway's control operations are asked to flush authorizer caches:
 *     {@link #FLUSH_ON_AWS}, or another endpoint's URL; empty where nothing is flushed, so that
 *     cached answers expire
 * @param policyMaxAge the authorizers' {@code GRANTWAY_POLICY_MAX_AGE}
 * @param authorizerTimeout the authorizers' timeout: no older answer is still under way after it
 * @param staleLimit the authorizers' {@code GRANTWAY_STALE_LIMIT}: no answer is by an older
 *     revision after it, whatever an instance can read
 * @param cacheTtl the longest TTL of the gateway's authorizer caches
 */
@ConfigurationProperties("grantway")
public record AdminSettings(
    String table,
    String operatorClaim,
    String firstOwner,
    String insteadOfLocalhost,
    String flushUrl,
    @DurationUnit(ChronoUnit.SECONDS) Duration policyMaxAge,
    @DurationUnit(ChronoUnit.SECONDS) Duration authorizerTimeout,
    @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit,
    @DurationUnit(ChronoUnit.SECONDS) Duration cacheTtl) {

  /** The flush URL that stands for API Gateway's own endpoint in the region of the table. */
  public static final String FLUSH_ON_AWS = "aws";

  public AdminSettings {
    if (operatorClaim.isBlank()) {
      throw new IllegalArgumentException(
          "GRANTWAY_OPERATOR_CLAIM is empty: name the claim that operators are known by, or leave"
              + " it away for `sub`");
    }
    if (!flushUrl.isEmpty() && !flushUrl.equals(FLUSH_ON_AWS) && !flushUrl.matches("https?://.+")) {
      throw new IllegalArgumentException(
          "GRANTWAY_FLUSH_URL is `"
              + flushUrl
              + "`: set it to `aws`, to the URL of another endpoint, or to nothing where caches are"
              + " not flushed");
    }
  }
}
