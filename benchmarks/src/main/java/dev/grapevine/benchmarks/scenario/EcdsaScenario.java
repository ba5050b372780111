package dev.grapevine.benchmarks.scenario;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.SigningIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Block;

/** What a peer's cryptography does in a second of processor time: a message of 256 bytes, hashing included, and a block. */
final class EcdsaScenario {
    private static final int MESSAGE_BYTES = 256;
    private static final int BLOCK_BYTES = 102_400;
    private static final long WARM_UP_NANOS = 5_000_000_000L;
    private static final long MEASURED_NANOS = 5_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private EcdsaScenario() {}

    static Figures play(Stage stage) throws IOException {
        Material material = Material.generate(stage.folder(), 1, "localhost:1");
        SigningIdentity member = material.member();
        NetworkTrust trust = material.trust();
        ByteString message = ByteString.copyFrom(new byte[MESSAGE_BYTES]);
        ByteString signature = member.sign(message);
        Block block = material.blocks().next(BLOCK_BYTES);
        ByteString serialised = block.toByteString();
        stage.say("provider " + material.provider().name());
        return stage.figures("ecdsa")
                .with("provider", material.provider().name())
                .with("sign_per_s", perSecond(() -> !member.sign(message).isEmpty()))
                .with("verify_per_s", perSecond(() -> trust.verify(member.serialized(), signature, message)))
                .with(
                        "verify_block_100k_per_s",
                        perSecond(() ->
                                trust.verifyBlock(Material.CHANNEL, 1, serialised) instanceof BlockVerdict.Verified));
    }

    /** Runs something for a while to warm up, then counts. */
    private static double perSecond(BooleanSupplier operation) {
        count(operation, WARM_UP_NANOS);
        long before = THREADS.getCurrentThreadCpuTime();
        long count = count(operation, MEASURED_NANOS);
        return count * 1e9 / (THREADS.getCurrentThreadCpuTime() - before);
    }

    private static long count(BooleanSupplier operation, long nanos) {
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - start < nanos) {
            if (!operation.getAsBoolean()) {
                throw new IllegalStateException("a genuine signature was refused");
            }
            count++;
        }
        return count;
    }
}
