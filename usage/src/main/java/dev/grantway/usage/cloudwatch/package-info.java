/** Logs as CloudWatch Logs Insights hands them over. */
@NullMarked
package dev.grantway.usage.cloudwatch;

import org.jspecify.annotations.NullMarked;
