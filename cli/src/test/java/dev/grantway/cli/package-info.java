@NullMarked
package dev.grantway.cli;

import org.jspecify.annotations.NullMarked;
