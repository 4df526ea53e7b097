package dev.grantway.compile;

import dev.grantway.policy.Effect;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.ResourcePattern;

/** What is left of a permission when everything but the path has been settled. */
record Grant(Effect effect, ResourcePattern pattern, ClaimBinding claims) {}
