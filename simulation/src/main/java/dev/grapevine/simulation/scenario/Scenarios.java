package dev.grapevine.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Finds scenarios: those that come with the project by their names, others by their files. */
public final class Scenarios {
    /** The scenarios that come with the project. */
    public static final List<String> NAMES = List.of(
            "lan",
            "wan-loss",
            "crash-third",
            "partition-heal",
            "byzantine-tenth",
            "slow-fifth",
            "mixed-fabric",
            "mixed-faults",
            "many-organisations");

    private Scenarios() {}

    /**
     * One of {@link #NAMES}, or a file.
     *
     * @throws ScenarioException if there is no such scenario, or something in it is wrong
     */
    public static Scenario find(String nameOrFile) throws ScenarioException {
        if (NAMES.contains(nameOrFile)) {
            return parse(nameOrFile, resource(nameOrFile + ".yaml"));
        }
        Path file = Path.of(nameOrFile);
        try {
            String fileName = String.valueOf(file.getFileName());
            return parse(fileName.replaceFirst("\\.ya?ml$", ""), Files.readString(file));
        } catch (IOException e) {
            throw new ScenarioException("the scenario is '" + nameOrFile
                    + "', which is no file that can be read; it must be one or one of " + String.join(", ", NAMES));
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Scenarios.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the scenario " + name + " is missing from the module");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a scenario.
     *
     * @param name what to call it
     * @throws ScenarioException naming the key that is wrong, its value and what would be right
     */
    public static Scenario parse(String name, String yaml) throws ScenarioException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return Scenario.read(name, Section.of("", new Yaml(new SafeConstructor(options)).load(yaml)));
        } catch (YAMLException e) {
            throw new ScenarioException("scenario " + name + " is not YAML: " + e.getMessage());
        }
    }
}
