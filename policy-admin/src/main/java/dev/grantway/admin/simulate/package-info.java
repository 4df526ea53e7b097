/** One decision asked again: who could do what at a revision, and why not. */
@NullMarked
package dev.grantway.admin.simulate;

import org.jspecify.annotations.NullMarked;
