package io.quorate.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads of servers in this JVM. */
final class ServerThreads {

    private static final Set<String> NAMES = Set.of("replica", "log-lane", "bulk-lane", "recovery", "aside");

    private ServerThreads() {}

    /** Those that live at this moment. */
    static Set<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> NAMES.contains(thread.getName()))
                .collect(Collectors.toSet());
    }

    /** What has ended has ended: nothing of a server outlives its close or its failed start. */
    static void awaitEndOfAllBut(Set<Thread> earlier) throws InterruptedException {
        for (Thread thread : alive()) {
            if (!earlier.contains(thread)) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
                assertThat(thread.isAlive()).as("%s lives on", thread).isFalse();
            }
        }
    }

    /** The one of this name that lives and is not among the earlier ones. */
    static Thread started(String name, Set<Thread> earlier) {
        return alive().stream()
                .filter(thread -> thread.getName().equals(name) && !earlier.contains(thread))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no thread " + name));
    }
}
