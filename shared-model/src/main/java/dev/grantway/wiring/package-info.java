/** How API Gateway asks an authorizer, held against what the authorizer was told about it. */
@NullMarked
package dev.grantway.wiring;

import org.jspecify.annotations.NullMarked;
