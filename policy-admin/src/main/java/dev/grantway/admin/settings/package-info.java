/** The rules that govern changes, edited by draft, and what is known of the installation. */
@NullMarked
package dev.grantway.admin.settings;

import org.jspecify.annotations.NullMarked;
