/** Grant reports: their rows as of any revision, the files they are written to, and manifests. */
@NullMarked
package dev.grantway.report;

import org.jspecify.annotations.NullMarked;
