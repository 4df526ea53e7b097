/**
 * What a newcomer does, run against the real sandbox: README's commands, real HTTP, real Chromium.
 */
@NullMarked
package dev.grantway.acceptance;

import org.jspecify.annotations.NullMarked;
