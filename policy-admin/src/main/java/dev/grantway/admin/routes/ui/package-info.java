/** The view of an API's route table. */
@NullMarked
package dev.grantway.admin.routes.ui;

import org.jspecify.annotations.NullMarked;
