/**
 * Policy documents: the IAM model and its evaluator, and the compiler that turns what a token's
 * roles may do into a proved document (MODEL section 3).
 */
@NullMarked
package dev.grantway.compile;

import org.jspecify.annotations.NullMarked;
