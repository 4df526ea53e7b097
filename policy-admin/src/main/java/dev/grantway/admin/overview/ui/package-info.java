/** The view that operators start from. */
@NullMarked
package dev.grantway.admin.overview.ui;

import org.jspecify.annotations.NullMarked;
