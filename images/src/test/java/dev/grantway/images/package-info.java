@NullMarked
package dev.grantway.images;

import org.jspecify.annotations.NullMarked;
