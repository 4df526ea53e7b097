/** A room of a house made up for {@code RoomsTest}. */
@NullMarked
package dev.grantway.houserules.house.cellar;

import org.jspecify.annotations.NullMarked;
