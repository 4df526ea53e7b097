/** Access reviews: campaigns, their lines, what reviewers answered, and the close-out report. */
@NullMarked
package dev.grantway.review;

import org.jspecify.annotations.NullMarked;
