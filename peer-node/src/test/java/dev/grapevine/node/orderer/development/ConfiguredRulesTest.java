package dev.grapevine.node.orderer.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;
import org.junit.jupiter.api.Test;

/** Against the configurations that a real ordering service made. */
class ConfiguredRulesTest {
    @Test
    void makesOfEachUpdateTheConfigurationThatARealOrdererMadeOfIt() throws IOException {
        List<Block> configurations = configurations();
        assertThat(configurations).hasSizeGreaterThan(1);
        for (int i = 1; i < configurations.size(); i++) {
            ChannelRules before = rules(configurations.get(i - 1));
            ConfigEnvelope made = envelope(configurations.get(i));

            Verdict<ChannelRules.Successor> successor = before.update(made.getLastUpdate());

            assertThat(successor.isAccepted()).as(successor.toString()).isTrue();
            assertThat(successor.value().envelope()).isEqualTo(made);
            assertThat(successor.value().rules().sequence()).isEqualTo(before.sequence() + 1);
        }
    }

    @Test
    void refusesAnUpdateThatWasMadeForAnotherConfiguration() throws IOException {
        List<Block> configurations = configurations();
        ConfigEnvelope made = envelope(configurations.get(1));

        assertThat(rules(configurations.get(1)).update(made.getLastUpdate()).isAccepted())
                .isFalse();
    }

    @Test
    void letsTheSignersOfTheChannelsTransactionsWriteAndRead() throws IOException {
        ChannelRules rules = rules(configurations().get(0));
        Block block = block(1);
        Submission submission =
                Submission.read(Envelope.parseFrom(block.getData().getData(0))).value();
        SignedData signed = submission.signed();
        SignedData forged = new SignedData(
                signed.identity(), signed.data().concat(ByteString.copyFromUtf8("!")), signed.signature());

        assertThat(rules.mayWrite(signed)).isEmpty();
        assertThat(rules.mayRead(signed)).isEmpty();
        assertThat(rules.expiry(signed)).isPresent();
        assertThat(rules.mayWrite(forged)).isPresent();
        assertThat(rules.batch().maxMessages()).isPositive();
    }

    private static ChannelRules rules(Block configuration) {
        return ConfiguredRules.read(configuration, SignatureProvider.bouncyCastle())
                .value();
    }

    private static ConfigEnvelope envelope(Block configuration) throws IOException {
        Envelope envelope = Envelope.parseFrom(configuration.getData().getData(0));
        return ConfigEnvelope.parseFrom(Payload.parseFrom(envelope.getPayload()).getData());
    }

    private static List<Block> configurations() throws IOException {
        List<Block> found = new ArrayList<>();
        for (long number = 0; Files.exists(path(number)); number++) {
            Block block = block(number);
            if (ConfiguredRules.read(block, SignatureProvider.bouncyCastle()).isAccepted()) {
                found.add(block);
            }
        }
        assumeTrue(!found.isEmpty(), "the fixtures of a real channel are not here");
        return found;
    }

    private static Block block(long number) throws IOException {
        assumeTrue(Files.exists(path(number)), "the fixtures of a real channel are not here");
        return Block.parseFrom(Files.readAllBytes(path(number)));
    }

    private static Path path(long number) {
        return Path.of(System.getProperty("grapevine.fixtures", "none"), "channel", "blocks", number + ".block");
    }
}
