@NullMarked
package dev.grantway.authorizer.runtime;

import org.jspecify.annotations.NullMarked;
