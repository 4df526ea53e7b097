/** The recipes of docs/issuers.md, tried: real issuers, real tokens, the real authorizer. */
@NullMarked
package dev.grantway.issuers;

import org.jspecify.annotations.NullMarked;
