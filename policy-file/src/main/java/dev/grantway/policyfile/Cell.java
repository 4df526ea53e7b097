package dev.grantway.policyfile;

/** A text of a table and where it begins in its file. */
public record Cell(String text, Position at) {}
