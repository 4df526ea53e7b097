/** The gateway twin over real HTTP, mostly through raw sockets. */
@NullMarked
package dev.grantway.sandbox.twin;

import org.jspecify.annotations.NullMarked;
