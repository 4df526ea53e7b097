/** How deployed APIs ask their authorizers: read, judged, and looked at again. */
@NullMarked
package dev.grantway.admin.wiring;

import org.jspecify.annotations.NullMarked;
