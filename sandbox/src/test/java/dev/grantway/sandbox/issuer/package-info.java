@NullMarked
package dev.grantway.sandbox.issuer;

import org.jspecify.annotations.NullMarked;
