@NullMarked
package dev.grantway.usage;

import org.jspecify.annotations.NullMarked;
