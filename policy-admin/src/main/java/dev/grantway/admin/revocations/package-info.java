/** Refusing tokens, subjects, clients and sessions before their tokens expire. */
@NullMarked
package dev.grantway.admin.revocations;

import org.jspecify.annotations.NullMarked;
