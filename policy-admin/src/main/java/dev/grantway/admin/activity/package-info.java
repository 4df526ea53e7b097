/** The activity log as the app's services write it, and the checkpoints that join its chains. */
@NullMarked
package dev.grantway.admin.activity;

import org.jspecify.annotations.NullMarked;
