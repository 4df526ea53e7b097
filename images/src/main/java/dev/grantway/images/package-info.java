/**
 * Container images as tar files, made without a daemon and without a base image: what a Dockerfile
 * says of its folder, on a runtime that jlink links and the libraries of this machine it needs.
 */
@NullMarked
package dev.grantway.images;

import org.jspecify.annotations.NullMarked;
