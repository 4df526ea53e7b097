/** The view of the access matrix. */
@NullMarked
package dev.grantway.admin.matrix.ui;

import org.jspecify.annotations.NullMarked;
