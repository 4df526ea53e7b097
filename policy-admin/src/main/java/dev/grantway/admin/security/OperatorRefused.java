package dev.grantway.admin.security;

/** Whoever is signed in asked for a task that none of their rights allows, and was refused. */
public record OperatorRefused(Operator operator, Task task) {}
