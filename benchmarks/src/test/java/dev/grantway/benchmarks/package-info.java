@NullMarked
package dev.grantway.benchmarks;

import org.jspecify.annotations.NullMarked;
