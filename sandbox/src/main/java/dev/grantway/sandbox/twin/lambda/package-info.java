/** Lambda on this machine: a handler in this JVM, or the real runtime client in a child JVM. */
@NullMarked
package dev.grantway.sandbox.twin.lambda;

import org.jspecify.annotations.NullMarked;
