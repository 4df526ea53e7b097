@NullMarked
package dev.grantway.policyfile;

import org.jspecify.annotations.NullMarked;
