/** From a bearer text to a verified token or a rejection, then to principal and roles (TOKENS). */
@NullMarked
package dev.grantway.authorizer.token;

import org.jspecify.annotations.NullMarked;
