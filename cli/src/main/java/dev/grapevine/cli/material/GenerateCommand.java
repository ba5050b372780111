package dev.grapevine.cli.material;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.crypto.generate.CryptoConfig;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.Validity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does what cryptogen generate does. */
@Command(
        name = "generate",
        description = {
            "Make the keys and certificates of organisations from cryptogen's input, in cryptogen's layout.",
            "Files that are there under the same names are overwritten."
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Which organisations, peers, orderers and users: cryptogen's crypto-config.yaml.")
    private Path config = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "crypto-config",
            description = "Where to write (${DEFAULT-VALUE}).")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        List<Path> folders = output.during("making keys and certificates", this::generate);
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("organisations");
        folders.forEach(folder -> array.add(folder.toString()));
        output.print(json, folders.stream().map(Path::toString).collect(Collectors.joining(System.lineSeparator())));
        return 0;
    }

    private List<Path> generate() {
        SecureRandom random = new SecureRandom();
        Validity validity = Validity.startingNow(Instant.now());
        List<Path> folders = new ArrayList<>();
        try {
            for (OrganisationSpec spec : specs()) {
                folders.add(
                        OrganisationMaterial.generate(spec, validity, random).writeTo(directory));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + directory, e);
        }
        return folders;
    }

    private List<OrganisationSpec> specs() {
        try {
            return CryptoConfig.parse(Input.read(config).toStringUtf8());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(config + " cannot be used", e);
        }
    }
}
