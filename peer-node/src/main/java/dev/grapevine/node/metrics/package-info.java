/**
 * Numbers for Prometheus, under Fabric's names to the letter (its counters have no {@code _total}), so that dashboards made for
 * Fabric keep working.
 *
 * <p>Meters are updated from any thread without waiting; a scrape reads them while that goes on. However many label values
 * arrive, a name never has more than a fixed number of series.
 */
@NullMarked
package dev.grapevine.node.metrics;

import org.jspecify.annotations.NullMarked;
