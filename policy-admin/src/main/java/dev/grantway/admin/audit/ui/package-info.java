/** The views of revisions. */
@NullMarked
package dev.grantway.admin.audit.ui;

import org.jspecify.annotations.NullMarked;
