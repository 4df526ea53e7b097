package dev.grantway.admin.transfer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Where exports are kept, and how many.
 *
 * @param folder of this app's instances alone, which may share it; empty: a temporary one, deleted
 *     when the app ends
 * @param quota how long all its files may be together
 */
@ConfigurationProperties("grantway.export")
record ExportSettings(String folder, DataSize quota) {
  ExportSettings {
    if (quota.isNegative() || quota.toBytes() == 0) {
      throw new IllegalArgumentException(
          "GRANTWAY_EXPORT_QUOTA is `" + quota + "`: give a size such as 10GB");
    }
  }
}
