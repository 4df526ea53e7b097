/** What benchmarks of whole processes share: samples, and calls under load. */
@NullMarked
package dev.grantway.sandbox.bench;

import org.jspecify.annotations.NullMarked;
