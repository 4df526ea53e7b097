/**
 * The authorizer behind the types of {@code aws-lambda-java-events}, for who composes handlers. The
 * deployed entry point reads the events' own bytes: the library drops a part of them and takes time
 * to start.
 */
@NullMarked
package dev.grantway.events;

import org.jspecify.annotations.NullMarked;
