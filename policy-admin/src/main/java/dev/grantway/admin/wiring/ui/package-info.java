/** The view of the wiring. */
@NullMarked
package dev.grantway.admin.wiring.ui;

import org.jspecify.annotations.NullMarked;
