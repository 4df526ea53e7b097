/**
 * Policy data as YAML or JSON files with positions: read, checked, tested, written back (CONTRACT
 * "The policy file").
 */
@NullMarked
package dev.grantway.policyfile;

import org.jspecify.annotations.NullMarked;
