/** Access reviews: campaigns in which reviewers keep or revoke grants. */
@NullMarked
package dev.grantway.admin.reviews;

import org.jspecify.annotations.NullMarked;
