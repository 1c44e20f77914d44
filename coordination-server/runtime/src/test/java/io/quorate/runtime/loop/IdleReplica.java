package io.quorate.runtime.loop;

import io.quorate.core.port.ClientLinks;
import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskImage;
import io.quorate.core.replica.Recovery;
import io.quorate.core.replica.Replica;
import io.quorate.core.replica.ReplicaOptions;
import io.quorate.runtime.metrics.ServerCounters;
import java.lang.reflect.Proxy;
import java.util.List;

/** A replica on nothing, to be asked questions: whatever it commands never completes. */
final class IdleReplica {

    private IdleReplica() {}

    static Replica create() {
        Recovery recovery = new Recovery(ReplicaOptions.defaults(), mute(DiskImage.class), line -> {});
        Disk disk = mute(Disk.class);
        return recovery.recover(
                new Recovery.Ports(mute(ClientLinks.class), disk, disk, new ServerCounters(), bound -> 0), 0, 0);
    }

    /** Does nothing, and has nothing to list. */
    private static <T> T mute(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (self, method, arguments) -> method.getReturnType() == List.class ? List.of() : null));
    }
}
