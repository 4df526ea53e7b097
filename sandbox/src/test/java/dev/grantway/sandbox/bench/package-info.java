/** Tests of what benchmarks of whole processes share. */
@NullMarked
package dev.grantway.sandbox.bench;

import org.jspecify.annotations.NullMarked;
