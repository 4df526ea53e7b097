/** DynamoDB Local in a process of its own, on 127.0.0.1 alone. */
@NullMarked
package dev.grantway.sandbox.table;

import org.jspecify.annotations.NullMarked;
