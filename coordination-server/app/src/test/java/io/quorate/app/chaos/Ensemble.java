package io.quorate.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The members, and the wires among them and to the clients, all of which lead through the proxy: each member has a
 * server list of its own, in which the others are ports of the proxy. Ends 1 to n are members, end 0 is all clients.
 */
final class Ensemble {

    static final int CLIENTS = 0;

    private final List<Member> members = new ArrayList<>();
    private final Wire[][] wires;
    private final FaultProxy proxy = new FaultProxy();
    /** Client ports as clients see them. */
    private final List<Integer> clientPorts = new ArrayList<>();

    private final Thread endAtExit = new Thread(() -> end(null), "end-ensemble");

    Ensemble(int size, Path directory) {
        Ports ports = new Ports();
        wires = new Wire[size + 1][size + 1];
        for (Wire[] row : wires) {
            for (int to = 0; to <= size; to++) {
                row[to] = new Wire("");
            }
        }
        for (int id = 1; id <= size; id++) {
            Path home = directory.resolve("server" + id);
            try {
                Files.createDirectories(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            members.add(new Member(id, home, ports));
        }
        Runtime.getRuntime().addShutdownHook(endAtExit);
        lay(ports);
    }

    private void lay(Ports ports) {
        int size = members.size();
        int[][] quorum = new int[size + 1][size + 1];
        int[][] election = new int[size + 1][size + 1];
        for (int from = 1; from <= size; from++) {
            for (int to = 1; to <= size; to++) {
                quorum[from][to] = from == to ? member(to).quorumPort() : ports.next();
                election[from][to] = from == to ? member(to).electionPort() : ports.next();
            }
        }
        for (int from = 1; from <= size; from++) {
            List<String> servers = new ArrayList<>();
            for (int to = 1; to <= size; to++) {
                servers.add(
                        "--coordination.servers[" + to + "]=127.0.0.1:" + quorum[from][to] + ":" + election[from][to]);
                if (from != to) {
                    String announced = "127.0.0.1:" + election[to][from];
                    proxy.open(quorum[from][to], route(from, to, member(to).quorumPort(), null));
                    proxy.open(election[from][to], route(from, to, member(to).electionPort(), announced));
                }
            }
            member(from).configure(servers);
            int port = ports.next();
            clientPorts.add(port);
            proxy.open(port, route(CLIENTS, from, member(from).clientPort(), null));
        }
    }

    private FaultProxy.Route route(int from, int to, int port, @Nullable String announced) {
        return new FaultProxy.Route(wires[from][to], wires[to][from], port, announced);
    }

    int size() {
        return members.size();
    }

    List<Member> members() {
        return members;
    }

    Member member(int id) {
        return members.get(id - 1);
    }

    /** Ids in random order. */
    List<Integer> shuffled(Random random) {
        List<Integer> ids = new ArrayList<>(members.stream().map(Member::id).toList());
        Collections.shuffle(ids, random);
        return ids;
    }

    /** Who says that it leads; 0 for nobody. */
    int leader() {
        for (Member member : members) {
            if (member.role().equals("leader")) {
                return member.id();
            }
        }
        return 0;
    }

    /** For a client: every member, in an order of its own. */
    String connectString(Random random) {
        List<String> hosts = new ArrayList<>();
        clientPorts.forEach(port -> hosts.add("127.0.0.1:" + port));
        Collections.shuffle(hosts, random);
        return String.join(",", hosts);
    }

    void start() {
        members.forEach(Member::start);
    }

    /** Sets one direction. */
    void wire(int from, int to, Wire.Condition condition) {
        wires[from][to].set(condition);
        proxy.applyConditions();
    }

    /** Sets both directions. */
    void link(int one, int other, Wire.Condition condition) {
        wires[one][other].set(condition);
        wires[other][one].set(condition);
        proxy.applyConditions();
    }

    /** Ends every connection between members; they may be made again at once. */
    void resetLinks() {
        for (int one = 1; one <= size(); one++) {
            for (int other = one + 1; other <= size(); other++) {
                proxy.reset(wires[one][other]);
            }
        }
    }

    /** Everything runs and every wire is good. What wires held comes late, or is lost. */
    void mend(Random random) {
        for (Wire[] row : wires) {
            for (Wire wire : row) {
                if (wire.condition().held() && random.nextBoolean()) {
                    proxy.reset(wire);
                }
                wire.set(Wire.Condition.GOOD);
            }
        }
        proxy.applyConditions();
        members.forEach(Member::mend);
    }

    /** @param keep where data that would be lost is copied to; null to let it go */
    void end(@Nullable Path keep) {
        for (Member member : members) {
            member.close(keep == null ? null : keep.resolve("data" + member.id()));
        }
        proxy.close();
    }

    /** The same, once. */
    void close(@Nullable Path keep) {
        Runtime.getRuntime().removeShutdownHook(endAtExit);
        end(keep);
    }
}
