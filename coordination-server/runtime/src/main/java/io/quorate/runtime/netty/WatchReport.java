package io.quorate.runtime.netty;

import io.quorate.core.replica.AdminView;

/** {@code wchs}, {@code wchc} and {@code wchp}. They know data watches only, as in the reference. */
final class WatchReport {

    private WatchReport() {}

    static String render(FourLetterWord word, AdminView admin) {
        StringBuilder out = new StringBuilder(256);
        switch (word) {
            case WCHC ->
                admin.dataWatchesBySession().forEach((session, paths) -> {
                    out.append(hex(session)).append('\n');
                    paths.forEach(path -> out.append('\t').append(path).append('\n'));
                });
            case WCHP ->
                admin.dataWatchesByPath().forEach((path, sessions) -> {
                    out.append(path).append('\n');
                    sessions.forEach(
                            session -> out.append('\t').append(hex(session)).append('\n'));
                });
            default -> {
                AdminView.WatchSummary summary = admin.dataWatchSummary();
                return summary.connections() + " connections watching " + summary.paths() + " paths\nTotal watches:"
                        + summary.registrations() + "\n";
            }
        }
        return out.append('\n').toString();
    }

    private static String hex(long session) {
        return "0x" + Long.toHexString(session);
    }
}
