/** The app's metrics, on a port of their own. */
@NullMarked
package dev.grantway.admin.metrics;

import org.jspecify.annotations.NullMarked;
