@NullMarked
package dev.grantway.imports;

import org.jspecify.annotations.NullMarked;
