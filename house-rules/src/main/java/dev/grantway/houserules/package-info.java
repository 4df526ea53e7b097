/** The rules of docs/architecture.md that hold in every module, as tests to inherit. */
@NullMarked
package dev.grantway.houserules;

import org.jspecify.annotations.NullMarked;
