/** Events in, answers out: the only package that knows the shapes API Gateway sends and takes. */
@NullMarked
package dev.grantway.authorizer.gateway;

import org.jspecify.annotations.NullMarked;
