/** A room of a house made up for {@code RoomsTest}. */
@NullMarked
package dev.grantway.houserules.house.attic;

import org.jspecify.annotations.NullMarked;
