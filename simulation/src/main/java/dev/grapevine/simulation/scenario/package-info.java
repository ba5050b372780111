/** What a simulation is to be: small YAML files, read strictly, and the records they become. */
@NullMarked
package dev.grapevine.simulation.scenario;

import org.jspecify.annotations.NullMarked;
