package dev.grantway.admin.transfer;

import dev.grantway.report.GrantFormat;
import dev.grantway.report.Manifest;
import dev.grantway.report.pack.EvidencePack;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an export is written as: the rows alone, or an evidence pack with all that proves them. */
public enum ExportFormat {
  CSV,
  XLSX,
  JSONL,
  PDF,
  PACK;

  /** What operators and commands call it: {@code csv}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ExportFormat> named(String text) {
    return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
  }

  /** What the rows alone are written as; none for a pack. */
  Optional<GrantFormat> rows() {
    return switch (this) {
      case CSV -> Optional.of(GrantFormat.CSV);
      case XLSX -> Optional.of(GrantFormat.XLSX);
      case JSONL -> Optional.of(GrantFormat.JSONL);
      case PDF -> Optional.of(GrantFormat.PDF);
      case PACK -> Optional.empty();
    };
  }

  /** How its files end. */
  String ends() {
    return rows().map(GrantFormat::text).orElse(EvidencePack.FORMAT);
  }

  static String mediaType(Manifest of) {
    return of.kind().equals(EvidencePack.KIND)
        ? EvidencePack.MEDIA_TYPE
        : GrantFormat.valueOf(of.format().toUpperCase(Locale.ROOT)).mediaType();
  }
}
