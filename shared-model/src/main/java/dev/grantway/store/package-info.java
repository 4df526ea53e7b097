/**
 * The ports through which policy data are read and published: {@link
 * dev.grantway.store.PolicyReader} for the authorizer, {@link dev.grantway.store.PolicyRepository}
 * for people.
 */
@NullMarked
package dev.grantway.store;

import org.jspecify.annotations.NullMarked;
