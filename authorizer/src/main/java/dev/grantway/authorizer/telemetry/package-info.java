/** One structured line per decision; never a token, never a claim's value. */
@NullMarked
package dev.grantway.authorizer.telemetry;

import org.jspecify.annotations.NullMarked;
