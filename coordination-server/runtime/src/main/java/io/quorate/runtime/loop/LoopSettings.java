package io.quorate.runtime.loop;

import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.disk.DataDirectories;
import io.quorate.runtime.netty.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a loop runs.
 *
 * @param directories opened and locked; the loop closes them at its end
 * @param clients where they are taken
 * @param slowForceMillis a force of the log that takes longer is complained of
 * @param peers of a member of an ensemble; null for a server that stands alone
 */
public record LoopSettings(
        ReplicaOptions replica,
        ServerFacts facts,
        DataDirectories directories,
        ClientPorts clients,
        int slowForceMillis,
        @Nullable PeerSettings peers) {}
