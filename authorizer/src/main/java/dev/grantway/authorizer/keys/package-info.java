/**
 * Key sets of issuers: fetched, read key by key, cached, kept through outages (TOKENS, key sets).
 */
@NullMarked
package dev.grantway.authorizer.keys;

import org.jspecify.annotations.NullMarked;
