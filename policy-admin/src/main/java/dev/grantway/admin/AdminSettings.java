package dev.grantway.admin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the admin app is told by its environment: {@code GRANTWAY_TABLE} and so on.
 *
 * @param table the name of the table
 * @param firstOwner who is owner whatever the issuer says, by {@code preferred_username} or {@code
 *     sub}; may be empty
 * @param flushUrl where API Gateway's control operations are asked to flush authorizer caches;
 *     empty where nothing caches
 * @param policyMaxAge the authorizers' {@code GRANTWAY_POLICY_MAX_AGE}
 * @param authorizerTimeout the authorizers' timeout: no older answer is still under way after it
 * @param cacheTtl the longest TTL of the gateway's authorizer caches
 */
@ConfigurationProperties("grantway")
public record AdminSettings(
    @DefaultValue("grantway") String table,
    @DefaultValue("") String firstOwner,
    @DefaultValue("") String flushUrl,
    @DefaultValue("5s") Duration policyMaxAge,
    @DefaultValue("10s") Duration authorizerTimeout,
    @DefaultValue("300s") Duration cacheTtl) {}
