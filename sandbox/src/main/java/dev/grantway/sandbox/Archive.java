package dev.grantway.sandbox;

/** What one run of the packaged authorizer can leave to the next, beside the same jars. */
enum Archive {
  /** Loaded and linked classes, with profiles of their methods (JEP 483, 514, 515). */
  AOT("authorizer.aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on"),

  /** Loaded classes on top of the JDK's own archive (JEP 350). */
  CDS("authorizer.jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on");

  private final String file;
  private final String making;
  private final String using;
  private final String insisting;

  Archive(String file, String making, String using, String insisting) {
    this.file = file;
    this.making = making;
    this.using = using;
    this.insisting = insisting;
  }

  /** Its name in a distribution's folder. */
  String file() {
    return file;
  }

  /** The option of the JVM that writes it when it ends, before the file's name. */
  String making() {
    return making;
  }

  /** The option of a JVM that starts with it, before the file's name. */
  String using() {
    return using;
  }

  /** The option under which a JVM that cannot use it ends at once. */
  String insisting() {
    return insisting;
  }
}
