/** The view of settings. */
@NullMarked
package dev.grantway.admin.settings.ui;

import org.jspecify.annotations.NullMarked;
