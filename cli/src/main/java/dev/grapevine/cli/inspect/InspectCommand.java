package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import java.nio.file.Path;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is inside a block, an envelope, a gossip message, an identity or a configuration block. */
@Command(name = "inspect", description = "Show as JSON what is inside a file.", mixinStandardHelpOptions = true)
public final class InspectCommand {
    @Spec
    private CommandSpec spec;

    @Command(name = "block", description = "A common.Block.", mixinStandardHelpOptions = true)
    void block(@Parameters(paramLabel = "FILE", description = "The serialised block.") Path file) {
        print(BlockView.of(Input.parse(file, Block.parser(), "common.Block")));
    }

    @Command(name = "envelope", description = "A common.Envelope.", mixinStandardHelpOptions = true)
    void envelope(@Parameters(paramLabel = "FILE", description = "The serialised envelope.") Path file) {
        print(EnvelopeView.of(Input.parse(file, Envelope.parser(), "common.Envelope")));
    }

    @Command(
            name = "message",
            description = "A gossip.Envelope, one frame of a stream.",
            mixinStandardHelpOptions = true)
    void message(@Parameters(paramLabel = "FILE", description = "The serialised gossip envelope.") Path file) {
        print(MessageView.of(file, Input.read(file)));
    }

    @Command(name = "identity", description = "An msp.SerializedIdentity.", mixinStandardHelpOptions = true)
    void identity(@Parameters(paramLabel = "FILE", description = "The serialised identity.") Path file) {
        print(IdentityView.ofFile(file));
    }

    @Command(
            name = "config",
            description = "The channel configuration in a configuration block.",
            mixinStandardHelpOptions = true)
    void config(@Parameters(paramLabel = "FILE", description = "The serialised configuration block.") Path file) {
        print(ConfigView.of(file, Input.parse(file, Block.parser(), "common.Block")));
    }

    private void print(JsonNode view) {
        spec.commandLine().getOut().println(Json.pretty(view));
        spec.commandLine().getOut().flush();
    }
}
