package dev.grapevine.cli.channel;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.proto.ChannelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the first block of a channel. */
@Command(
        name = "genesis",
        description = {
            "Make a channel's genesis block, for development and tests.",
            "Policies are those of Fabric's sample configuration, capabilities V2_0 (V2_5 for applications)."
        },
        mixinStandardHelpOptions = true)
final class GenesisCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Output output;

    @Option(
            names = {"-c", "--channel"},
            required = true,
            paramLabel = "NAME",
            description = "The channel's name.")
    private String channel = "";

    @Option(
            names = "--org",
            required = true,
            paramLabel = "MSPID=MSPDIR[,anchor=HOST:PORT...]",
            converter = OrganisationArgument.OfPeers.class,
            description =
                    "An organisation of peers: its MSP ID, its MSP directory (in cryptogen's layout the folder msp"
                            + " of the organisation) and its anchor peers. Repeatable.")
    private List<OrganisationArgument> organisations = new ArrayList<>();

    @Option(
            names = "--orderer-org",
            required = true,
            paramLabel = "MSPID=MSPDIR,endpoint=HOST:PORT...",
            converter = OrganisationArgument.OfOrderers.class,
            description = "An organisation of orderers, with their addresses. Repeatable.")
    private List<OrganisationArgument> ordererOrganisations = new ArrayList<>();

    @Mixin
    private BatchOptions batch;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the block (NAME.block in this folder).")
    private @Nullable Path file;

    @Override
    public Integer call() {
        ChannelProfile profile = profile();
        Path target = file == null ? Path.of(channel + ".block") : file;
        try {
            Files.write(target, GenesisBlock.of(profile).toByteArray());
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + target, e);
        }
        output.print(
                Json.object().put("channel", channel).put("file", target.toString()),
                "the genesis block of " + channel + " is in " + target);
        return 0;
    }

    private ChannelProfile profile() {
        try {
            return ChannelProfile.of(
                            new ChannelId(channel),
                            organisations.stream()
                                    .map(OrganisationArgument::ofPeers)
                                    .toList(),
                            ordererOrganisations.stream()
                                    .map(OrganisationArgument::ofOrderers)
                                    .toList(),
                            Instant.now())
                    .withBatch(batch.batch());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
