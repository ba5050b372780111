package dev.grapevine.node.ledger;

import dev.grapevine.proto.ChannelId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders of a ledger directory: {@code CHANNEL/chain} is a database, {@code CHANNEL/left} says that the channel was left,
 * and {@code _CHANNEL} (no channel is called that) is one whose creation has not finished.
 */
final class ChannelFolders {
    private static final String UNFINISHED = "_";

    private final Path root;

    private ChannelFolders(Path root) {
        this.root = root;
    }

    static ChannelFolders open(Path root) throws IOException {
        Files.createDirectories(root);
        ChannelFolders folders = new ChannelFolders(root);
        for (Path leftover : folders.children(name -> name.startsWith(UNFINISHED))) {
            delete(leftover);
        }
        return folders;
    }

    private List<Path> children(Predicate<String> which) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory)
                    .filter(child -> which.test(child.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    List<ChannelId> list(boolean left) throws IOException {
        return children(ChannelId::isLegal).stream()
                .map(folder -> new ChannelId(folder.getFileName().toString()))
                .filter(this::exists)
                .filter(channel -> Files.exists(leftMark(channel)) == left)
                .toList();
    }

    boolean exists(ChannelId channel) {
        return Files.isDirectory(of(channel));
    }

    Path of(ChannelId channel) {
        return root.resolve(channel.name()).resolve("chain");
    }

    private Path leftMark(ChannelId channel) {
        return root.resolve(channel.name()).resolve("left");
    }

    private Path unfinished(ChannelId channel) {
        return root.resolve(UNFINISHED + channel.name());
    }

    /** An empty folder for the database of a channel to be. */
    Path begin(ChannelId channel) throws IOException {
        delete(unfinished(channel));
        return Files.createDirectories(unfinished(channel).resolve("chain"));
    }

    /** Gives it its name, durably. */
    void finish(ChannelId channel) throws IOException {
        sync(unfinished(channel));
        Files.move(unfinished(channel), root.resolve(channel.name()), StandardCopyOption.ATOMIC_MOVE);
        sync(root);
    }

    void markLeft(ChannelId channel) throws IOException {
        if (exists(channel) && !Files.exists(leftMark(channel))) {
            Files.createFile(leftMark(channel));
            sync(root.resolve(channel.name()));
        }
    }

    void markJoined(ChannelId channel) throws IOException {
        if (Files.deleteIfExists(leftMark(channel))) {
            sync(root.resolve(channel.name()));
        }
    }

    /** A name in a folder survives a power cut only once the folder itself is synced. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
            open.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
