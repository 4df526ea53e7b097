@NullMarked
package dev.grantway.sandbox;

import org.jspecify.annotations.NullMarked;
