package dev.grantway.admin.transfer;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where exports are kept.
 *
 * @param folder of this instance of the app alone; empty: a temporary one, forgotten when the app
 *     ends
 */
@ConfigurationProperties("grantway.export")
record ExportSettings(String folder) {}
