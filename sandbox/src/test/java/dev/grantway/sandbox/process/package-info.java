@NullMarked
package dev.grantway.sandbox.process;

import org.jspecify.annotations.NullMarked;
