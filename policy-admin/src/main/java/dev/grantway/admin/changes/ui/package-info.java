/** The views of the draft. */
@NullMarked
package dev.grantway.admin.changes.ui;

import org.jspecify.annotations.NullMarked;
