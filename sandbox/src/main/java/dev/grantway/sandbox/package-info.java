/** The whole system on one machine, with real parts. */
@NullMarked
package dev.grantway.sandbox;

import org.jspecify.annotations.NullMarked;
