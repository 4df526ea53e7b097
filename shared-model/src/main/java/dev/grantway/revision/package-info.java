/** Changes, drafts, rebase, revision records and the hash chain (MODEL section 4). */
@NullMarked
package dev.grantway.revision;

import org.jspecify.annotations.NullMarked;
