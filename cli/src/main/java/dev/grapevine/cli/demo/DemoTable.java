package dev.grapevine.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** The live table: one line a peer. On a terminal it is redrawn in place; elsewhere it is printed where a chapter ends. */
final class DemoTable {
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintWriter out;
    private final boolean redraw;
    private String last = "";
    private int drawn;

    DemoTable(PrintWriter out, boolean redraw) {
        this.out = out;
        this.redraw = redraw;
    }

    /** Shows the peers while something is awaited. */
    void live(List<DemoPeer> peers) {
        if (redraw) {
            show(peers);
        }
    }

    /** Shows the peers as they are. */
    void show(List<DemoPeer> peers) {
        StringBuilder table = new StringBuilder("  peer    state    height  leader  members\n");
        for (DemoPeer peer : peers) {
            Optional<PeerStatus> status = peer.status();
            String state = peer.process().isAlive() ? "running" : "down";
            table.append("  %-7s %-8s %6s  %-6s  %7s%n"
                    .formatted(
                            peer.name(),
                            state,
                            status.map(s -> String.valueOf(s.height())).orElse("-"),
                            status.filter(PeerStatus::leader).isPresent() ? "yes" : "",
                            status.map(s -> String.valueOf(s.members())).orElse("-")));
        }
        if (table.toString().equals(last)) {
            return;
        }
        last = table.toString();
        if (redraw && drawn > 0) {
            out.print("\u001b[" + drawn + "A");
        }
        last.lines().forEach(line -> out.println((redraw ? CLEAR_LINE : "") + line));
        drawn = (int) last.lines().count();
        out.flush();
    }

    /** Something else is printed below; the table begins anew. */
    void say(String line) {
        out.println(line);
        out.flush();
        drawn = 0;
        last = "";
    }
}
