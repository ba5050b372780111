package dev.grapevine.simulation.scenario;

import java.time.Duration;

/**
 * What the ordering service orders.
 *
 * @param bytes of each block's one transaction
 * @param every how often a block is ordered
 */
public record BlockLoad(int bytes, Duration every) {
    static BlockLoad read(Section section) throws ScenarioException {
        double bytes = section.has("bytes") ? section.amount("bytes", Quantity.BYTES) : 100_000;
        if (bytes < 1 || bytes > 50_000_000) {
            throw section.refuse("bytes", "from 1B to 50MB");
        }
        BlockLoad read = new BlockLoad((int) bytes, section.positive("every", Duration.ofMillis(500)));
        section.done();
        return read;
    }
}
