/**
 * HTTP/1.1 as it stands on the wire: the request target and the header names are kept byte for
 * byte, which the JDK's server does not do (it re-spells names and refuses targets such as {@code
 * /a|b}); and WebSockets (RFC 6455) on the same connections.
 */
@NullMarked
package dev.grantway.sandbox.twin.http;

import org.jspecify.annotations.NullMarked;
