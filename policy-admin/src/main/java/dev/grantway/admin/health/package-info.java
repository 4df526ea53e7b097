/** Whether this instance lives and can do its work, for whoever runs it. */
@NullMarked
package dev.grantway.admin.health;

import org.jspecify.annotations.NullMarked;
