/** What JVMs that the sandbox starts are given of their surroundings. */
@NullMarked
package dev.grantway.sandbox.process;

import org.jspecify.annotations.NullMarked;
