/** The view of exports. */
@NullMarked
package dev.grantway.admin.transfer.ui;

import org.jspecify.annotations.NullMarked;
