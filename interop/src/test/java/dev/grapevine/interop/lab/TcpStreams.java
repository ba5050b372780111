package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Established TCP connections of this network namespace, as Linux lists them. */
public final class TcpStreams {
    private static final String ESTABLISHED = "01";

    private TcpStreams() {}

    /** One end of a connection; {@code inode} says whose. */
    private record End(String local, String remote, String inode) {}

    /** Connections between two processes. */
    public static long between(long onePid, long otherPid) {
        Set<String> ones = sockets(onePid);
        Set<String> others = sockets(otherPid);
        List<End> ends = ends();
        return ends.stream()
                .filter(end -> ones.contains(end.inode()))
                .filter(end -> ends.stream()
                        .anyMatch(far -> others.contains(far.inode())
                                && far.local().equals(end.remote())
                                && far.remote().equals(end.local())))
                .count();
    }

    private static List<End> ends() {
        List<End> all = new ArrayList<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            lines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length > 9 && columns[3].equals(ESTABLISHED))
                    .map(columns -> new End(version4(columns[1]), version4(columns[2]), columns[9]))
                    .forEach(all::add);
        }
        return all;
    }

    /** The address as the table of IPv4 has it: an IPv4 address in an IPv6 one is its last eight digits. */
    private static String version4(String address) {
        int colon = address.indexOf(':');
        return address.substring(Math.max(0, colon - 8));
    }

    private static Set<String> sockets(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.map(TcpStreams::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has gone", e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("this needs Linux", e);
        }
    }
}
