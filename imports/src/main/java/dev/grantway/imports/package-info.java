/**
 * Imports with a dry run: what a file or a deployed API says, compared with policy data. Nothing is
 * written here; the changes go into a draft of the admin app, or are published as {@code apply}
 * publishes.
 */
@NullMarked
package dev.grantway.imports;

import org.jspecify.annotations.NullMarked;
