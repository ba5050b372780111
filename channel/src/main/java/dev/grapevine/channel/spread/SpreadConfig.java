package dev.grapevine.channel.spread;

import java.time.Duration;

/**
 * How blocks are spread among Grapevine peers. Nothing of it need be the same at all peers.
 *
 * @param enabled whether it is done at all; if not, Grapevine peers push and pull among themselves as Fabric peers do
 * @param fanOut peers a block is sent to by one that passes it on. With hops of latency L and a time S to send one copy, a
 *     network of N peers is reached in about log(N) / log(fanOut) · (L + fanOut · S / 2); 4 is near the least for blocks of 100 KB
 *     on 100 Mbit/s. More makes the load of one block more uneven, which evens out over many
 * @param rootFanOut the same for who has the block from the ordering service, always the same peer; 1 keeps its load at the mean
 * @param digests peers that each peer tells of a block besides those it has it from; 2 reach each peer twice, from
 *     far off on the ring. More find losses sooner and cost a small message each
 * @param digestDelay until they are told; by then most have the block
 * @param gather how long acknowledgements and digests are gathered that follow others
 * @param leastLate before this no acknowledgement is late
 * @param initialLate what is late before anything was measured
 * @param mostLate after this every acknowledgement is late, and every peer that has announced a block may be asked for it
 * @param bytesPerSecond that a link carries at least: the time to send a copy, and those before it, is added to what is late
 * @param attempts for one part of the ring, of which its head has the first two
 * @param ahead numbers beyond our own height that may be wanted, and behind the newest block that are still taken: at a thousand
 *     blocks a second one that is late by a quarter of a second is that far behind
 * @param wanted blocks heard of and not yet here, remembered at once
 * @param wantedPerPeer of them, by one peer's word
 * @param held blocks that are held for those who ask, as far as there is memory for them
 * @param spreading blocks whose acknowledgements are awaited, or that may still be asked of us
 */
public record SpreadConfig(
        boolean enabled,
        int fanOut,
        int rootFanOut,
        int digests,
        Duration digestDelay,
        Duration gather,
        Duration leastLate,
        Duration initialLate,
        Duration mostLate,
        long bytesPerSecond,
        int attempts,
        int ahead,
        int wanted,
        int wantedPerPeer,
        int held,
        int spreading) {
    private static final int HIGHEST_FAN_OUT = 64;

    /** @throws IllegalArgumentException naming the value that is wrong */
    public SpreadConfig {
        between("spread fanOut", fanOut, 1, HIGHEST_FAN_OUT);
        between("spread rootFanOut", rootFanOut, 1, HIGHEST_FAN_OUT);
        between("spread digests", digests, 0, HIGHEST_FAN_OUT);
        between("spread attempts", attempts, 1, Integer.MAX_VALUE);
        between("spread ahead", ahead, 1, Integer.MAX_VALUE);
        between("spread wanted", wanted, 1, Integer.MAX_VALUE);
        between("spread wantedPerPeer", wantedPerPeer, 1, wanted);
        between("spread held", held, 1, Integer.MAX_VALUE);
        between("spread spreading", spreading, 1, Integer.MAX_VALUE);
        between("spread bytesPerSecond", bytesPerSecond, 1, Long.MAX_VALUE);
        if (digestDelay.isNegative() || gather.isNegative()) {
            throw new IllegalArgumentException("spread digestDelay is " + digestDelay + " and gather " + gather
                    + "; neither may be negative, e.g. 20ms and 3ms");
        }
        if (leastLate.isNegative()
                || leastLate.isZero()
                || leastLate.compareTo(initialLate) > 0
                || initialLate.compareTo(mostLate) > 0) {
            throw new IllegalArgumentException("spread leastLate is " + leastLate + ", initialLate " + initialLate
                    + ", mostLate " + mostLate + "; they must be positive and in this order, e.g. 100ms, 300ms, 1s");
        }
    }

    public static SpreadConfig defaults() {
        return new SpreadConfig(
                true,
                4,
                1,
                2,
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(150),
                Duration.ofSeconds(1),
                12_500_000,
                7,
                256,
                512,
                256,
                64,
                256);
    }

    public SpreadConfig withEnabled(boolean spreading) {
        return new SpreadConfig(
                spreading,
                fanOut,
                rootFanOut,
                digests,
                digestDelay,
                gather,
                leastLate,
                initialLate,
                mostLate,
                bytesPerSecond,
                attempts,
                ahead,
                wanted,
                wantedPerPeer,
                held,
                this.spreading);
    }

    /** How long {@code copies} of a block of so many bytes may take to be sent. */
    Duration sending(int copies, int bytes) {
        return Duration.ofNanos((long) (copies * (double) bytes / bytesPerSecond * 1e9));
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least
                    + (most == Integer.MAX_VALUE || most == Long.MAX_VALUE ? "" : " and at most " + most));
        }
    }
}
