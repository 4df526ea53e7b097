/** The views of roles. */
@NullMarked
package dev.grantway.admin.roles.ui;

import org.jspecify.annotations.NullMarked;
