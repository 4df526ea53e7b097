package dev.grantway.admin.transfer;

import dev.grantway.report.Manifest;

/** An export that is kept. */
public record PastExport(String id, Manifest manifest) {}
