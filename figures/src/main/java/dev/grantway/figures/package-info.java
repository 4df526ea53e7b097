/** What benchmarks measured, part by part, and the report that is made of the parts. */
@NullMarked
package dev.grantway.figures;

import org.jspecify.annotations.NullMarked;
