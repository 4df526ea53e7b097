/** Roles given in our own table to subjects, clients and groups. */
@NullMarked
package dev.grantway.admin.assignments;

import org.jspecify.annotations.NullMarked;
