@NullMarked
package dev.grantway.report;

import org.jspecify.annotations.NullMarked;
