/** The view of an explanation, and the link that leads there. */
@NullMarked
package dev.grantway.admin.simulate.ui;

import org.jspecify.annotations.NullMarked;
