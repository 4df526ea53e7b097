/** The admin app: where operators edit, review and publish policy data. */
@NullMarked
package dev.grantway.admin;

import org.jspecify.annotations.NullMarked;
