package dev.grantway.acceptance;

/** How a command ended and what it said. */
record Finished(int exit, String out, String err) {}
