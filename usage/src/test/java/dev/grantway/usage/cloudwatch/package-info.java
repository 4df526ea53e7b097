@NullMarked
package dev.grantway.usage.cloudwatch;

import org.jspecify.annotations.NullMarked;
