/** Who is signed in, and what they may do. */
@NullMarked
package dev.grantway.admin.security;

import org.jspecify.annotations.NullMarked;
