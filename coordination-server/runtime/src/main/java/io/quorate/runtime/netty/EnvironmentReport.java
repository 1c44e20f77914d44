package io.quorate.runtime.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code envi}: the process and its machine. */
final class EnvironmentReport {

    private static final String[] PROPERTIES = {
        "java.version",
        "java.vendor",
        "java.home",
        "java.class.path",
        "java.library.path",
        "java.io.tmpdir",
        "java.compiler",
        "os.name",
        "os.arch",
        "os.version",
        "user.name",
        "user.home",
        "user.dir"
    };

    private EnvironmentReport() {}

    static String render(ServerFacts facts) {
        StringBuilder out = new StringBuilder("Environment:\n");
        append(out, "zookeeper.version", facts.version() + ", built on " + facts.builtOn());
        append(out, "host.name", hostName());
        for (String property : PROPERTIES) {
            append(out, property, System.getProperty(property, "<NA>"));
        }
        Runtime runtime = Runtime.getRuntime();
        append(out, "os.memory.free", megabytes(runtime.freeMemory()));
        append(out, "os.memory.max", megabytes(runtime.maxMemory()));
        append(out, "os.memory.total", megabytes(runtime.totalMemory()));
        return out.toString();
    }

    private static void append(StringBuilder out, String key, String value) {
        out.append(key).append('=').append(value).append('\n');
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + "MB";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException unknown) {
            return "<NA>";
        }
    }
}
