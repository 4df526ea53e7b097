@NullMarked
package dev.grantway.report.pack;

import org.jspecify.annotations.NullMarked;
