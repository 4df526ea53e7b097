package dev.grantway.admin.transfer;

import java.nio.file.Path;

/**
 * A file that may be handed over, as that was recorded.
 *
 * @param name without a folder
 */
public record Download(String name, String mediaType, Path file, long bytes) {}
