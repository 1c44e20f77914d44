package io.quorate.core.replica;

import io.quorate.core.base.TurnTime;
import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.PeerLinks;
import io.quorate.core.port.RandomSource;
import io.quorate.core.port.ServerEvents;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From what a disk holds to a replica that is ready: the newest readable snapshot, then the log behind it (quorum
 * protocol 9.6). Runs before the replica's first turn and blocks on the disk.
 */
public final class Recovery {

    /**
     * What the replica will command.
     *
     * @param peers null for a server without peers
     */
    public record Ports(
            ClientLinks clients,
            Disk logLane,
            Disk bulkLane,
            ServerEvents events,
            RandomSource random,
            @Nullable PeerLinks peers) {

        /** Of a server without peers. */
        public Ports(ClientLinks clients, Disk logLane, Disk bulkLane, ServerEvents events, RandomSource random) {
            this(clients, logLane, bulkLane, events, random, null);
        }
    }

    private final ReplicaOptions options;
    private final DiskImage image;
    private final Consumer<String> report;
    private final Consumer<String> warnings;

    /** @param report receives what an operator should know of the recovery, a line at a time */
    public Recovery(ReplicaOptions options, DiskImage image, Consumer<String> report) {
        this(options, image, report, report);
    }

    /** The same, with what an operator should look into apart from what is as it should be. */
    public Recovery(ReplicaOptions options, DiskImage image, Consumer<String> report, Consumer<String> warnings) {
        this.options = options;
        this.image = image;
        this.report = report;
        this.warnings = warnings;
    }

    /**
     * Reads the disk and builds the replica.
     *
     * @param nanos first turn time
     * @param epochMillis wall clock, milliseconds since 1970
     * @throws UnusableData when the disk holds something that must not be started from
     */
    public Replica recover(Ports ports, long nanos, long epochMillis) {
        RecoveredState found = new DataLoading(options, image, report, warnings).load();
        TurnTime time = new TurnTime();
        time.set(nanos, epochMillis);
        return new Replica(options, found, ports, time);
    }
}
