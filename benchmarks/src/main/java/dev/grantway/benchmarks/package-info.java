/** Benchmarks, each with a peer in the same run, and the report of how they compare. */
@NullMarked
package dev.grantway.benchmarks;

import org.jspecify.annotations.NullMarked;
