/** Views of access reviews. */
@NullMarked
package dev.grantway.admin.reviews.ui;

import org.jspecify.annotations.NullMarked;
