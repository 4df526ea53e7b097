@NullMarked
package dev.grantway;

import org.jspecify.annotations.NullMarked;
