/** The view of assignments. */
@NullMarked
package dev.grantway.admin.assignments.ui;

import org.jspecify.annotations.NullMarked;
