/** Access requests and the one decide, written to be read (MODEL section 2). */
@NullMarked
package dev.grantway.decision;

import org.jspecify.annotations.NullMarked;
