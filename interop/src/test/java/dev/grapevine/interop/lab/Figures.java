package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What scenarios measured: lines of {@code figures.txt} in the work folder, from which {@code docs/interop.md} is written. */
public final class Figures {
    private Figures() {}

    /** Notes a figure, such as {@code ("block pulled from a Go peer", "4.2 s")}. */
    public static void note(String what, String figure) {
        Path file = FabricPrograms.required().work().resolve("figures.txt");
        String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + what + ": " + figure + "\n";
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Seconds with one digit. */
    public static void note(String what, Duration time) {
        note(what, "%.1f s".formatted(time.toMillis() / 1000.0));
    }
}
