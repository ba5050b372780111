package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The log of a node, over all its lives. */
public final class NodeLog {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern SERIOUS = Pattern.compile("\\b(WARN|ERRO|ERROR|PANI|FATA)\\b");

    private final Path file;
    private int mark;

    NodeLog(Path file) {
        this.file = file;
    }

    /** Forgets what is there so far. */
    public void mark() {
        mark = all().size();
    }

    /** Lines since the mark, without colours. */
    public List<String> lines() {
        List<String> all = all();
        return all.subList(Math.min(mark, all.size()), all.size());
    }

    /** Warnings and errors since the mark that have all these words in them. */
    public List<String> warnings(String... words) {
        return lines().stream()
                .filter(line -> SERIOUS.matcher(line).find())
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .toList();
    }

    public boolean says(String words) {
        return lines().stream().anyMatch(line -> line.contains(words));
    }

    private List<String> all() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return COLOUR.matcher(Files.readString(file)).replaceAll("").lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
