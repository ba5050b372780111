package dev.grapevine.interop.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lab's script, for one network.
 *
 * @param folder where this network keeps its data
 * @param environment variables for all its processes
 */
record LabScript(FabricPrograms programs, Path folder, Map<String, String> environment) {
    /** Runs a command of the script that must succeed. */
    String run(Map<String, String> more, String... arguments) {
        return Command.succeed(folder, variables(more), command(arguments));
    }

    /** Runs a command of the script that may fail. */
    Command.Result attempt(String... arguments) {
        return Command.run(folder, variables(Map.of()), command(arguments));
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("FABRIC_BIN", programs.binaries().toString());
        all.put("FABRIC_SAMPLECONFIG", programs.sampleConfiguration().toString());
        all.put("LAB_DIR", folder.toString());
        all.putAll(environment);
        all.putAll(more);
        return all;
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.script().toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
