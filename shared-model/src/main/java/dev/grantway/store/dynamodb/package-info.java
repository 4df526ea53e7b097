/**
 * The ports over one DynamoDB table: numbered, immutable bundles, and one write that makes a
 * publication visible (docs/storage.md).
 */
@NullMarked
package dev.grantway.store.dynamodb;

import org.jspecify.annotations.NullMarked;
