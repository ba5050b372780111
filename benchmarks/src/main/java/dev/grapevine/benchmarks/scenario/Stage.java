package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.peer.PeerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a scenario is played with.
 *
 * @param peers how many, at least 2
 * @param blockRate blocks a second where the scenario leaves the choice
 * @param extensions whether peers speak Grapevine's extensions, or only what Fabric's do
 * @param folder for keys and certificates
 * @param progress is told in a few words how far it has come
 */
public record Stage(int peers, double blockRate, boolean extensions, Path folder, Consumer<String> progress) {
    /** @throws IllegalArgumentException for fewer than two peers or a rate that is not positive */
    public Stage {
        if (peers < 2 || blockRate <= 0) {
            throw new IllegalArgumentException("a scenario needs at least 2 peers and a rate above 0");
        }
    }

    /** The same in a folder below. */
    Stage within(String name) {
        return new Stage(peers, blockRate, extensions, folder.resolve(name), progress);
    }

    void say(String what) {
        progress.accept(what);
    }

    /** A network in which the first peer is the only source of blocks and nobody elects. */
    ScenarioNetwork network(int capacity) throws IOException {
        return new ScenarioNetwork(
                folder, capacity, false, settings -> common(settings).withElection(ElectionConfig.defaults()));
    }

    /** A network whose peers can be ended one by one. */
    ScenarioNetwork mortalNetwork(boolean electing) throws IOException {
        return new ScenarioNetwork(
                folder,
                peers,
                true,
                settings -> electing ? common(settings) : common(settings).withElection(ElectionConfig.defaults()));
    }

    private PeerSettings common(PeerSettings settings) {
        return settings.withExtensions(extensions);
    }

    /** What every result begins with. */
    Figures figures(String scenario) {
        return new Figures()
                .with("scenario", scenario)
                .with("impl", extensions ? "grapevine" : "grapevine-plain")
                .with("n", peers);
    }

    /** How busy the machine was; runs can be compared only if others used as little. */
    static Figures noise(Usage.Sum used) {
        return new Figures()
                .with("own_cpu_s", used.cpuSeconds())
                .with("other_cpu_s", used.otherCpuSeconds())
                .with("steal_s", used.stolenSeconds())
                .with("secs", used.seconds());
    }
}
