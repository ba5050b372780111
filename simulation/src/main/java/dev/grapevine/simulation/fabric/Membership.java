package dev.grapevine.simulation.fabric;

import java.util.Arrays;

/**
 * What each peer knows of each: when the newest alive message it has was made, when that one came, and whether it believes the
 * peer alive. The dead stay known. The time an alive message was made, in milliseconds, stands for its timestamp: later lives of
 * a peer have larger ones.
 */
final class Membership {
    private static final int PATIENCE = Timeline.inMillis(FabricTimers.ALIVE_EXPIRATION);

    private final int size;
    private final int[] news;
    private final BitMatrix alive;
    private FabricObserver observer = new FabricObserver() {};

    Membership(int size) {
        this.size = size;
        this.news = new int[2 * size * size];
        this.alive = new BitMatrix(size);
    }

    void watch(FabricObserver newObserver) {
        observer = newObserver;
    }

    /** An alive message has come; does nothing unless it is newer than what is known, else believes the peer alive. */
    void learn(int peer, int of, int madeAt, int now) {
        int index = index(peer, of);
        if (madeAt > news[index] && peer != of) {
            news[index] = madeAt;
            news[index + 1] = now;
            if (alive.count(peer) < size - 1) {
                alive.add(peer, of);
            }
        }
    }

    /** Somebody has told of a dead peer; learns of it if it is unknown. */
    void learnDead(int peer, int of, int madeAt) {
        int index = index(peer, of);
        if (news[index] == 0 && peer != of) {
            news[index] = madeAt;
        }
    }

    /** Presumes a peer dead. */
    void bury(int peer, int whom) {
        if (alive.remove(peer, whom)) {
            observer.buried(peer, whom);
        }
    }

    /** Takes for dead who has been silent for too long. */
    void expire(int peer, int now) {
        for (int other = alive.next(peer, 0); other >= 0; other = alive.next(peer, other + 1)) {
            if (now - news[index(peer, other) + 1] > PATIENCE) {
                bury(peer, other);
            }
        }
    }

    /** When the newest alive message a peer has of another was made; 0 if it knows nothing of it. */
    int made(int peer, int of) {
        return news[index(peer, of)];
    }

    boolean knows(int peer, int whom) {
        return made(peer, whom) != 0;
    }

    boolean isDead(int peer, int whom) {
        return knows(peer, whom) && !alive.has(peer, whom);
    }

    /** Whom each peer believes alive; never itself. */
    BitMatrix alive() {
        return alive;
    }

    /** Where the two times of a pair lie, beside each other: both are wanted at once. */
    private int index(int peer, int of) {
        return 2 * (peer * size + of);
    }

    /** How many a peer knows, the dead ones too. */
    int known(int peer) {
        int known = 0;
        for (int other = 0; other < size; other++) {
            known += knows(peer, other) ? 1 : 0;
        }
        return known;
    }

    /** A peer has lost its memory. */
    void forget(int peer) {
        Arrays.fill(news, index(peer, 0), index(peer + 1, 0), 0);
        alive.clear(peer);
    }
}
