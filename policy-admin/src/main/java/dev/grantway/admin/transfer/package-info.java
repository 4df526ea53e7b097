/** Grants that leave as files, with manifests. */
@NullMarked
package dev.grantway.admin.transfer;

import org.jspecify.annotations.NullMarked;
