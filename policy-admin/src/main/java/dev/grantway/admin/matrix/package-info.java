/** Role by route: what roles may do, and edits of single cells. */
@NullMarked
package dev.grantway.admin.matrix;

import org.jspecify.annotations.NullMarked;
