/** The real runtime interface client in child JVMs against our Runtime API. */
@NullMarked
package dev.grantway.sandbox.twin.lambda;

import org.jspecify.annotations.NullMarked;
