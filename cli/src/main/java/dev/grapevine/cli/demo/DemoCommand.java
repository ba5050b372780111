package dev.grapevine.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows on one machine that a network of peers replicates a channel, whatever happens to its peers. */
@Command(
        name = "demo",
        description = {
            "Run a network on this machine: an orderer and some peers, each a process of its own.",
            "Blocks are ordered and replicated, a follower is killed and catches up, the leader is killed and "
                    + "another takes over, and in the end every chain is compared block by block. Nothing is left running."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int MIN_PEERS = 3;
    private static final int MAX_PEERS = 20;
    private static final int MIN_BLOCKS = 4;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--peers",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many peers (${DEFAULT-VALUE}; " + MIN_PEERS + " to " + MAX_PEERS + ").")
    private int peers;

    @Option(
            names = "--blocks",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many blocks (${DEFAULT-VALUE}).")
    private int blocks;

    @Option(
            names = "--block-bytes",
            paramLabel = "S",
            defaultValue = "10000",
            description = "Bytes in each block's one transaction (${DEFAULT-VALUE}).")
    private int blockBytes;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where to keep keys, ledgers and logs; without, a temporary folder that is removed.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print one line of JSON at the end, and the story on stderr.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (peers < MIN_PEERS || peers > MAX_PEERS || blocks < MIN_BLOCKS || blockBytes < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--peers must be " + MIN_PEERS + " to " + MAX_PEERS + ", --blocks at least " + MIN_BLOCKS
                            + " and --block-bytes not negative");
        }
        Path folder =
                directory == null ? Files.createTempDirectory("grapevine-demo") : Files.createDirectories(directory);
        try {
            ObjectNode result = play(folder.toAbsolutePath());
            if (json) {
                print(Json.line(result));
            } else {
                print(result.get("ok").asBoolean() ? "ok" : "failed: the chains differ");
            }
            return result.get("ok").asBoolean() ? 0 : 1;
        } finally {
            if (directory == null) {
                remove(folder);
            }
        }
    }

    private ObjectNode play(Path folder) {
        PrintWriter story =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        DemoTable table = new DemoTable(story, !json && CommandLine.Help.Ansi.AUTO.enabled());
        String mainClass = spec.root().userObject().getClass().getName();
        try (DemoNetwork network = DemoNetwork.create(folder, peers, mainClass)) {
            return new DemoStory(network, table, blocks, blockBytes).tell();
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot remove the temporary folder " + folder, e);
        }
    }
}
