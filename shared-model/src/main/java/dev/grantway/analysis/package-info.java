/** What policy data amounts to: grants, and what a change gains and loses (MODEL section 2). */
@NullMarked
package dev.grantway.analysis;

import org.jspecify.annotations.NullMarked;
