/** APIs, their stages and their route tables. */
@NullMarked
package dev.grantway.admin.routes;

import org.jspecify.annotations.NullMarked;
