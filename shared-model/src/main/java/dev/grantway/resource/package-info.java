/**
 * Paths, resource patterns, routes and route tables: what matches what, in linear time (MODEL
 * section 1).
 */
@NullMarked
package dev.grantway.resource;

import org.jspecify.annotations.NullMarked;
