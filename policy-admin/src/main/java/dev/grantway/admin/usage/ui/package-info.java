@NullMarked
package dev.grantway.admin.usage.ui;

import org.jspecify.annotations.NullMarked;
