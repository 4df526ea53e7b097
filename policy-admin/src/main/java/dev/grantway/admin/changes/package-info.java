/** The draft, its review, publishing, and when a revision is in force. */
@NullMarked
package dev.grantway.admin.changes;

import org.jspecify.annotations.NullMarked;
