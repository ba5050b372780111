package dev.grapevine.simulation.fabric;

import java.util.Arrays;

/** Who the peers are, and which of them run. They are dealt out to the organisations one by one. */
final class Roster {
    private static final int NOT_RUNNING = -1;

    private final int organisations;
    private final int[] startedAt;
    private final int[] lives;
    private int running;

    Roster(int size, int organisations) {
        this.organisations = organisations;
        this.startedAt = new int[size];
        this.lives = new int[size];
        Arrays.fill(startedAt, NOT_RUNNING);
    }

    int size() {
        return lives.length;
    }

    int organisations() {
        return organisations;
    }

    int organisation(int peer) {
        return peer % organisations;
    }

    void started(int peer, int millis) {
        lives[peer]++;
        startedAt[peer] = millis;
        running++;
    }

    void crashed(int peer) {
        startedAt[peer] = NOT_RUNNING;
        running--;
    }

    boolean isRunning(int peer) {
        return startedAt[peer] != NOT_RUNNING;
    }

    int running() {
        return running;
    }

    /** When it was started, in milliseconds; undefined if it is not running. */
    int startedAt(int peer) {
        return startedAt[peer];
    }

    /** How often it was started. */
    int life(int peer) {
        return lives[peer];
    }

    /** Whether it has run all the time since its life had this number. */
    boolean isIn(int peer, int life) {
        return isRunning(peer) && lives[peer] == life;
    }
}
