/** The {@code grantway} commands for people and pipelines (CONTRACT, the script's table). */
@NullMarked
package dev.grantway.cli;

import org.jspecify.annotations.NullMarked;
