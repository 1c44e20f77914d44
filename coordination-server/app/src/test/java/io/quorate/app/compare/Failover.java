package io.quorate.app.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long writes stand still when a member is killed with {@code kill -9}. */
final class Failover {

    private static final int WRITERS = 3;
    private static final int WRITES_BEFORE = 300;
    private static final int WRITES_AFTER = 300;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final byte[] VALUE = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);

    /** Who dies. */
    enum Victim {
        LEADER,
        FOLLOWER
    }

    /** Who writes. */
    enum Client {
        PROMPT,
        STOCK
    }

    private final PrintStream out;

    Failover(PrintStream out) {
        this.out = out;
    }

    /** Kills a member in each round on each deployment in turn; all members are back before the next round. */
    void run(List<Deployment> deployments, Victim victim, Client client, int rounds) throws IOException {
        List<List<SteadyWriters.Gaps>> results = new ArrayList<>();
        deployments.forEach(deployment -> results.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < deployments.size(); i++) {
                results.get(i).add(once(deployments.get(i), victim, client));
            }
        }
        for (int i = 0; i < deployments.size(); i++) {
            print(deployments.get(i).label(), victim, client, results.get(i));
        }
    }

    private static SteadyWriters.Gaps once(Deployment deployment, Victim victim, Client client) throws IOException {
        List<InetSocketAddress> servers = deployment.target().servers();
        ServerProcess dying = victim == Victim.LEADER ? deployment.leader() : deployment.follower();
        SteadyWriters.Gaps gaps;
        try (SteadyWriters writers = new SteadyWriters(
                WRITERS,
                writer -> client == Client.PROMPT
                        ? new PromptSession(servers, writer, "/failover-" + writer, VALUE)
                        : new StockSession(servers, "/failover-" + writer, VALUE))) {
            writers.awaitMore(WRITES_BEFORE);
            dying.kill();
            writers.awaitMore(WRITES_AFTER);
            gaps = writers.finish();
        }
        dying.launch();
        dying.awaitService();
        return gaps;
    }

    private void print(String label, Victim victim, Client client, List<SteadyWriters.Gaps> gaps) {
        List<Double> any = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        for (SteadyWriters.Gaps gap : gaps) {
            any.add(gap.anyNanos() / NANOS_PER_MILLI);
            one.add(gap.oneNanos() / NANOS_PER_MILLI);
        }
        out.printf(
                Locale.ROOT,
                "%-8s killed, %-6s clients, %-10s longest gap of all %s ms; of one client %s ms%n",
                victim.name().toLowerCase(Locale.ROOT),
                client.name().toLowerCase(Locale.ROOT),
                label,
                summary(any),
                summary(one));
    }

    private static String summary(List<Double> millis) {
        Collections.sort(millis);
        return String.format(
                Locale.ROOT,
                "median %.0f (%.0f to %.0f)",
                millis.get(millis.size() / 2),
                millis.get(0),
                millis.get(millis.size() - 1));
    }
}
