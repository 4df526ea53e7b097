/** What benchmarks of whole processes share: samples, calls under load, and parts of the report. */
@NullMarked
package dev.grantway.sandbox.bench;

import org.jspecify.annotations.NullMarked;
