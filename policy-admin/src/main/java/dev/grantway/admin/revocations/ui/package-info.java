/** The view of revocations. */
@NullMarked
package dev.grantway.admin.revocations.ui;

import org.jspecify.annotations.NullMarked;
