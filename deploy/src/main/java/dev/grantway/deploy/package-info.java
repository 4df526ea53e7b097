/** What runs on AWS as constructs of the CDK, for stacks of one's own and for our templates. */
@NullMarked
package dev.grantway.deploy;

import org.jspecify.annotations.NullMarked;
