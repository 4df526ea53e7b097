/** Roles and their permissions, edited in a draft. */
@NullMarked
package dev.grantway.admin.roles;

import org.jspecify.annotations.NullMarked;
