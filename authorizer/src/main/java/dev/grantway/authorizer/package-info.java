/**
 * The authorizer: the handler, its configuration and composition. Fails closed here and nowhere
 * else.
 */
@NullMarked
package dev.grantway.authorizer;

import org.jspecify.annotations.NullMarked;
