package dev.grapevine.cli.verify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies blocks under one configuration of their channel. */
@Command(
        name = "blocks",
        description = "Verify blocks as a peer does before it stores them or passes them on.",
        mixinStandardHelpOptions = true)
final class VerifyBlocksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "CONFIG_BLOCK",
            description = "The configuration block that was in force when the blocks were made.")
    private Path config = Path.of("");

    @Option(names = "--channel", required = true, paramLabel = "NAME", description = "The channel they should be of.")
    private String channel = "";

    @Option(
            names = "--number",
            paramLabel = "N",
            description = "The number they should have; without it each block's own number is taken.")
    private @Nullable String number;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Serialised blocks.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        if (!ChannelId.isLegal(channel)) {
            throw new ParameterException(spec.commandLine(), "'" + channel + "' cannot be the name of a channel");
        }
        Optional<Long> claimed = Optional.ofNullable(number).map(this::parse);
        ChannelId id = new ChannelId(channel);
        NetworkTrust trust = trust(id);
        Findings findings = new Findings(spec);
        for (Path file : files) {
            findings.ofFile(file, path -> check(trust, id, claimed, Input.read(path)));
        }
        return findings.exitCode();
    }

    private long parse(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), "--number must be a block number, not '" + text + "'", e);
        }
    }

    private NetworkTrust trust(ChannelId id) {
        Block block = Input.parse(config, Block.parser(), "common.Block");
        SignatureProvider provider = SignatureProvider.bouncyCastle();
        Verdict<ChannelConfig> read =
                ChannelConfig.ofBlock(block, provider).then(found -> ChannelConfig.of(id, found.message(), provider));
        if (!read.isAccepted()) {
            throw new CommandFailure(config + " holds no configuration to verify with: "
                    + read.rejection().detail());
        }
        Iterator<Msp> msps = read.value().msps().all().iterator();
        if (!msps.hasNext()) {
            throw new CommandFailure(config + " names no organisation");
        }
        NetworkTrust trust = new NetworkTrust(msps.next());
        trust.apply(id, read.value(), block.getHeader().getNumber());
        return trust;
    }

    private static Optional<Rejection> check(
            NetworkTrust trust, ChannelId channel, Optional<Long> claimed, ByteString bytes) {
        BlockVerdict verdict = trust.verifyBlock(channel, claimed.orElseGet(() -> ownNumber(bytes)), bytes);
        if (verdict instanceof BlockVerdict.Refused refused) {
            return Optional.of(refused.why());
        }
        if (verdict instanceof BlockVerdict.Premature premature) {
            return Optional.of(new Rejection(
                    "premature",
                    "not signed under this configuration; the block itself claims that of block "
                            + Long.toUnsignedString(premature.lastConfig())));
        }
        return Optional.empty();
    }

    private static long ownNumber(ByteString bytes) {
        try {
            return Block.parseFrom(bytes).getHeader().getNumber();
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure("not a serialised common.Block", e);
        }
    }
}
