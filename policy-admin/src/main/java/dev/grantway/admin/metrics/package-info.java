/** The app's metrics, on a port of their own or sent out, and the trace of each request. */
@NullMarked
package dev.grantway.admin.metrics;

import org.jspecify.annotations.NullMarked;
