/** The frame around every view, and the pages for what goes wrong. */
@NullMarked
package dev.grantway.admin.shell;

import org.jspecify.annotations.NullMarked;
