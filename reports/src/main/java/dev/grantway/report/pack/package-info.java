/** Evidence packs: how they are written, and how they are checked far from where they come from. */
@NullMarked
package dev.grantway.report.pack;

import org.jspecify.annotations.NullMarked;
