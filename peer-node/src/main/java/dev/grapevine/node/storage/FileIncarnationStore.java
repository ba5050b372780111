package dev.grapevine.node.storage;

import dev.grapevine.discovery.IncarnationStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The last incarnation, as a decimal number in a file. Without it the node must not start: others might refuse its messages. */
public final class FileIncarnationStore implements IncarnationStore {
    private final DurableFile file;

    public FileIncarnationStore(Path path) {
        this.file = new DurableFile(path);
    }

    /**
     * The last one saved.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalStateException if it holds something else than a number
     */
    @Override
    public long last() {
        try {
            String text = file.read()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                    .orElse("0");
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    file + " should hold the number of the last incarnation; remove it if the "
                            + "clock of this machine has not been set back since the last run",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the last incarnation from " + file, e);
        }
    }

    @Override
    public void save(long incarnation) {
        try {
            file.replace(Long.toUnsignedString(incarnation).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the incarnation in " + file, e);
        }
    }
}
