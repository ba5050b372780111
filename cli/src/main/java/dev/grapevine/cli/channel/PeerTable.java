package dev.grapevine.cli.channel;

import java.util.List;
import java.util.stream.Collectors;

/** Peers as lines of columns. */
final class PeerTable {
    private static final String ROW = "%-16s  %-20s  %-28s  %8s";
    private static final int PKI_ID_DIGITS = 16;

    private PeerTable() {}

    /** PKI-IDs are cut to what tells them apart; JSON has them whole. No column for leaders if none can be known. */
    static String of(List<SeenPeer> peers) {
        boolean leaders = peers.stream().anyMatch(peer -> peer.leader().isPresent());
        String head = ROW.formatted("PKI-ID", "ORGANISATION", "ENDPOINT", "HEIGHT") + (leaders ? "  LEADER" : "");
        return peers.stream()
                .map(PeerTable::row)
                .collect(Collectors.joining(System.lineSeparator(), head + System.lineSeparator(), ""));
    }

    private static String row(SeenPeer peer) {
        return ROW.formatted(
                        peer.pkiId().substring(0, PKI_ID_DIGITS),
                        peer.organisation(),
                        peer.endpoint(),
                        peer.heightText())
                + peer.leader().map(leads -> leads ? "  leader" : "").orElse("");
    }
}
