/** The use of grants: which routes callers of a role call, and what they were refused. */
@NullMarked
package dev.grantway.admin.usage;

import org.jspecify.annotations.NullMarked;
