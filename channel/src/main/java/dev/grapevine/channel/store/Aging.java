package dev.grapevine.channel.store;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two deadlines of everything that is stored: after the time to live it is hidden, after twice that it is forgotten.
 * In between it still counts when something new is compared with it (Fabric's message store). Age counts from insertion, so
 * the first in is the first due, and one timer suffices; there is none while nothing is stored.
 */
final class Aging<K> {
    private static final int CHECKS_PER_LIFE = 100;

    private final Scheduler scheduler;
    private final Duration timeToLive;
    private final Consumer<K> hide;
    private final Consumer<K> forget;
    private final Map<K, Long> young = new LinkedHashMap<>();
    private final Map<K, Long> old = new LinkedHashMap<>();
    private Scheduler.@Nullable Timer timer;

    Aging(Scheduler scheduler, Duration timeToLive, Consumer<K> hide, Consumer<K> forget) {
        this.scheduler = scheduler;
        this.timeToLive = timeToLive;
        this.hide = hide;
        this.forget = forget;
    }

    /** Starts the life of a key, anew if it is known. */
    void add(K key) {
        remove(key);
        young.put(key, scheduler.nanoTime());
        arm();
    }

    void remove(K key) {
        young.remove(key);
        old.remove(key);
    }

    void stop() {
        young.clear();
        old.clear();
        disarm();
    }

    private void check() {
        timer = null;
        long now = scheduler.nanoTime();
        long life = timeToLive.toNanos();
        takeDue(old, now - 2 * life).keySet().forEach(forget);
        Map<K, Long> aged = takeDue(young, now - life);
        old.putAll(aged);
        aged.keySet().forEach(hide);
        arm();
    }

    private static <K> Map<K, Long> takeDue(Map<K, Long> oldestFirst, long bornBy) {
        Map<K, Long> due = new LinkedHashMap<>();
        for (Map.Entry<K, Long> entry : oldestFirst.entrySet()) {
            if (entry.getValue() > bornBy) {
                break;
            }
            due.put(entry.getKey(), entry.getValue());
        }
        oldestFirst.keySet().removeAll(due.keySet());
        return due;
    }

    private void arm() {
        if (timer != null) {
            return;
        }
        long life = timeToLive.toNanos();
        long due = Math.min(firstDue(young, life), firstDue(old, 2 * life));
        if (due != Long.MAX_VALUE) {
            long delay = Math.max(due - scheduler.nanoTime(), life / CHECKS_PER_LIFE);
            timer = scheduler.schedule(Duration.ofNanos(delay), this::check);
        }
    }

    private long firstDue(Map<K, Long> keys, long age) {
        Iterator<Long> since = keys.values().iterator();
        return since.hasNext() ? since.next() + age : Long.MAX_VALUE;
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
