/** A page about one outcome: HTML with plots in SVG, nothing to load from anywhere. */
@NullMarked
package dev.grapevine.simulation.report;

import org.jspecify.annotations.NullMarked;
