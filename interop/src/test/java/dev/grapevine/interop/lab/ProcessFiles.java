package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files in which the lab's script keeps the process ids of what it has started. */
final class ProcessFiles {
    private ProcessFiles() {}

    static long pid(Path network, String name) {
        try {
            return Long.parseLong(
                    Files.readString(network.resolve("run/" + name + ".pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not run", e);
        }
    }

    static void note(Path network, String name, long pid) {
        try {
            Files.writeString(network.resolve("run/" + name + ".pid"), pid + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the process of " + name, e);
        }
    }
}
