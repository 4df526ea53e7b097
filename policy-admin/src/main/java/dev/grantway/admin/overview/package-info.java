/** Whether access is healthy, and what waits for whom. */
@NullMarked
package dev.grantway.admin.overview;

import org.jspecify.annotations.NullMarked;
