@NullMarked
package dev.grantway.figures;

import org.jspecify.annotations.NullMarked;
