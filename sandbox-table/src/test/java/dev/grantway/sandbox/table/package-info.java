@NullMarked
package dev.grantway.sandbox.table;

import org.jspecify.annotations.NullMarked;
