/**
 * The gateway twin: our stand-in for API Gateway and its REST, HTTP and WebSocket APIs, faithful to
 * its routing, events, caching, IAM evaluation and errors (GATEWAY). It knows only the document
 * that the authorizer returned; policy data and permissions are unknown to it.
 */
@NullMarked
package dev.grantway.sandbox.twin;

import org.jspecify.annotations.NullMarked;
