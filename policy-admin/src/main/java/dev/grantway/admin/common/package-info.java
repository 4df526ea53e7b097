/** Parts that several views share. */
@NullMarked
package dev.grantway.admin.common;

import org.jspecify.annotations.NullMarked;
