package dev.grapevine.interop.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Fabric's programs are and where networks may keep their data; from system properties.
 *
 * @param script {@code fabric.lab}: the folder of the {@code lab} script, which starts and stops Fabric's processes
 * @param binaries {@code fabric.bin}: the folder of {@code peer}, {@code orderer}, {@code configtxgen}, {@code cryptogen},
 *     {@code osnadmin} and {@code discover}
 * @param sampleConfiguration {@code fabric.sampleconfig}: the folder of Fabric's {@code core.yaml} and {@code orderer.yaml};
 *     where not given, {@code config} beside {@code fabric.bin}, as in Fabric's release archives
 * @param work {@code fabric.work}: where networks keep keys, ledgers and logs; where not given, the build folder
 */
record FabricPrograms(Path script, Path binaries, Path sampleConfiguration, Path work) {
    /** What the properties say; empty if there is no lab. */
    static Optional<FabricPrograms> given() {
        return property("fabric.lab")
                .flatMap(lab -> property("fabric.bin").map(bin -> {
                    FabricPrograms programs = new FabricPrograms(
                            lab.resolve("lab"),
                            bin,
                            property("fabric.sampleconfig").orElse(bin.resolveSibling("config")),
                            property("fabric.work")
                                    .orElse(Path.of(System.getProperty("java.io.tmpdir"))
                                            .toAbsolutePath()));
                    programs.check();
                    return programs;
                }));
    }

    static FabricPrograms required() {
        return given().orElseThrow(() -> new IllegalStateException(LabCondition.MISSING));
    }

    Path binary(String name) {
        return binaries.resolve(name);
    }

    private void check() {
        require(script, "fabric.lab");
        require(binary("peer"), "fabric.bin");
        require(sampleConfiguration.resolve("core.yaml"), "fabric.sampleconfig");
    }

    private static void require(Path file, String property) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("there is no " + file + "; correct -D" + property);
        }
    }

    private static Optional<Path> property(String key) {
        return Optional.ofNullable(System.getProperty(key))
                .filter(value -> !value.isEmpty())
                .map(value -> Path.of(value).toAbsolutePath());
    }
}
