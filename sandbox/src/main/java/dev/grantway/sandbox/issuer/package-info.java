/** The sandbox's OpenID Connect issuer: sign-ins for the admin app and tokens for callers. */
@NullMarked
package dev.grantway.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
