package dev.grapevine.simulation.scenario;

import java.time.Duration;
import java.util.List;

/**
 * Something that happens to some peers, and ends.
 *
 * @param at after the first block was ordered
 * @param share of the peers it happens to; of the envelopes for {@link Kind#LOSS}
 * @param lasting until it ends; zero: it does not end before the quiet
 * @param task what each task costs a slow peer ({@link Kind#SLOW})
 */
public record Fault(
        Duration at, Kind kind, double share, Duration lasting, Disk disk, Direction direction, Duration task) {
    /** What happens. */
    public enum Kind {
        /** The peers are killed; when it ends they start again. */
        CRASH,
        /** Nothing passes between the peers and all others. */
        PARTITION,
        /** What is sent by and to the peers is held until it ends. */
        CLOG,
        /** The peers process slowly. */
        SLOW,
        /** The peers cannot reach the ordering service. */
        CUT_OFF,
        /** More envelopes are lost, everywhere. */
        LOSS,
        /** Every stream of the peers breaks, once. */
        BREAK_STREAMS
    }

    /** What a peer that crashed finds when it starts again. */
    public enum Disk {
        KEPT,
        LOST
    }

    /** Which way a partition keeps frames from passing, seen from its peers. */
    public enum Direction {
        BOTH,
        IN,
        OUT
    }

    static Fault read(Section section) throws ScenarioException {
        List<Kind> named = List.of(Kind.values()).stream()
                .filter(kind -> section.has(Section.name(kind)))
                .toList();
        if (named.size() != 1) {
            throw section.refuse(
                    "at", "beside exactly one of crash, partition, clog, slow, cut-off, loss, break-streams");
        }
        Kind kind = named.get(0);
        Fault read = new Fault(
                section.duration("at", Duration.ZERO),
                kind,
                section.fraction(Section.name(kind)),
                section.duration("for", Duration.ZERO),
                section.choice("disk", Disk.KEPT),
                section.choice("direction", Direction.BOTH),
                section.duration("task", Duration.ofMillis(2)));
        section.done();
        return read;
    }

    @Override
    public String toString() {
        return Section.name(kind) + " " + Math.round(share * 1000) / 10.0 + " %";
    }
}
