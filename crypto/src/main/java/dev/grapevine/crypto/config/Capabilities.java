package dev.grapevine.crypto.config;

import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.proto.Rejection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The capabilities one section of a configuration requires of everybody on the channel.
 *
 * @param names as the configuration has them ("V2_0")
 */
public record Capabilities(SortedSet<String> names) {
    private static final Set<String> CHANNEL = Set.of("V1_1", "V1_3", "V1_4_2", "V1_4_3", "V2_0", "V3_0");
    private static final Set<String> APPLICATION = Set.of(
            "V1_1",
            "V1_2",
            "V1_3",
            "V1_4_2",
            "V2_0",
            "V2_5",
            "V1_1_PVTDATA_EXPERIMENTAL",
            "V1_1_RESOURCETREE_EXPERIMENTAL");

    /** Whether one of these is required. */
    boolean requiresAnyOf(String... wanted) {
        for (String name : wanted) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** What a channel section requires that Grapevine does not know; empty if all is well. */
    Optional<Rejection> unsupportedOfChannel() {
        return unsupported("channel", CHANNEL);
    }

    /**
     * What an application section requires that Grapevine does not know; empty if all is well. Nobody asks that of the
     * orderer section: its capabilities bind orderers, and a Fabric peer does not look at them either.
     */
    Optional<Rejection> unsupportedOfApplication() {
        return unsupported("application", APPLICATION);
    }

    private Optional<Rejection> unsupported(String section, Set<String> known) {
        return names.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> new Rejection(
                        "unsupported-capability",
                        section + " capability " + name
                                + " is required but not supported; the channel cannot be processed"));
    }

    /** The rules of the channel's MSPs, which the channel section's capabilities choose. */
    MspVersion mspVersion() {
        if (isBft()) {
            return MspVersion.V3_0;
        }
        if (requiresAnyOf("V1_4_3", "V2_0")) {
            return MspVersion.V1_4_3;
        }
        if (requiresAnyOf("V1_3", "V1_4_2")) {
            return MspVersion.V1_3;
        }
        return names.contains("V1_1") ? MspVersion.V1_1 : MspVersion.V1_0;
    }

    /** Whether orderer organisations may have endpoints and the consensus type may change. */
    boolean isSince142() {
        return requiresAnyOf("V1_4_2", "V1_4_3", "V2_0", "V3_0");
    }

    /** Whether the channel may be ordered by a BFT service, whose signatures name consenters by number. */
    public boolean isBft() {
        return names.contains("V3_0");
    }

    /** Whether an application section may hold access control lists. */
    boolean allowsAcls() {
        return requiresAnyOf("V1_2", "V1_3", "V1_4_2", "V2_0", "V2_5");
    }
}
