@NullMarked
package dev.grantway.events;

import org.jspecify.annotations.NullMarked;
