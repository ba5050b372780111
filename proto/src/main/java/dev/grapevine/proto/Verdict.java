package dev.grapevine.proto;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a check: either a value that passed it, or the reason why there is none.
 *
 * @param <T> what has passed
 */
public final class Verdict<T> {
    private final @Nullable T value;
    private final @Nullable Rejection rejection;

    private Verdict(@Nullable T value, @Nullable Rejection rejection) {
        this.value = value;
        this.rejection = rejection;
    }

    public static <T> Verdict<T> accepted(T value) {
        return new Verdict<>(value, null);
    }

    public static <T> Verdict<T> rejected(Rejection why) {
        return new Verdict<>(null, why);
    }

    public static <T> Verdict<T> rejected(String reason, String detail) {
        return rejected(new Rejection(reason, detail));
    }

    public boolean isAccepted() {
        return rejection == null;
    }

    /**
     * The value that passed.
     *
     * @throws IllegalStateException if it was rejected
     */
    public T value() {
        if (value == null) {
            throw new IllegalStateException("rejected: " + rejection);
        }
        return value;
    }

    /**
     * The reason of the refusal.
     *
     * @throws IllegalStateException if it was accepted
     */
    public Rejection rejection() {
        if (rejection == null) {
            throw new IllegalStateException("accepted: " + value);
        }
        return rejection;
    }

    /** The value, or nothing if it was rejected. */
    public Optional<T> accepted() {
        return Optional.ofNullable(value);
    }

    /** The same verdict about what {@code next} makes of the value. */
    public <R> Verdict<R> map(Function<T, R> next) {
        return rejection == null ? accepted(next.apply(value())) : rejected(rejection);
    }

    /** Goes on with another check if this one passed. */
    public <R> Verdict<R> then(Function<T, Verdict<R>> next) {
        return rejection == null ? next.apply(value()) : rejected(rejection);
    }

    @Override
    public String toString() {
        return rejection == null ? "accepted " + value : "rejected " + rejection;
    }
}
