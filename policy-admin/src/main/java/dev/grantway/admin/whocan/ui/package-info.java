/** The view of reverse questions. */
@NullMarked
package dev.grantway.admin.whocan.ui;

import org.jspecify.annotations.NullMarked;
