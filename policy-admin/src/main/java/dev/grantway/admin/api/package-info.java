/** The REST API: the services over JSON, for people's scripts and for pipelines. */
@NullMarked
package dev.grantway.admin.api;

import org.jspecify.annotations.NullMarked;
