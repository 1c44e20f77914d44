package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** A violation as a small page without any other file: a bar per operation, a row per client, time to the right. */
final class HistoryPicture {

    /** Of the operations that returned before the culprit, the last ones. */
    static final int MAX_KNOWN = 24;

    /** Of the unknown ones. */
    static final int MAX_UNKNOWN = 12;

    private static final int WIDTH = 1400;
    private static final int LEFT = 80;
    private static final int ROW = 46;
    private static final int BAR = 16;
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Not linearizable</title>
            <style>
            body { font: 14px sans-serif; margin: 24px; color: #222; background: #fff }
            svg text { font: 11px monospace }
            .ok { fill: #9cc5a1 } .failed { fill: #d8d8d8 } .unknown { fill: #f0d58c } .culprit { fill: #d9534f }
            code { background: #f2f2f2; padding: 1px 4px }
            </style></head><body>
            """;

    private final Verdict.NotLinearizable violation;
    private final long fromNanos;
    private final long toNanos;
    /** Clients that appear, in order; each has as many lines as operations of it overlap, unknown ones included. */
    private final List<Integer> rows;

    HistoryPicture(Verdict.NotLinearizable violation) {
        this.violation = violation;
        long from = violation.culprit().invokedNanos();
        TreeSet<Integer> clients = new TreeSet<>();
        for (Operation operation : violation.window()) {
            clients.add(operation.client());
            if (operation.outcome().status() != Status.UNKNOWN) {
                from = Math.min(from, operation.invokedNanos());
            }
        }
        fromNanos = from;
        toNanos = Math.max(from + 1, violation.culprit().returnedNanos());
        rows = new ArrayList<>(clients);
    }

    String html() {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>")
                .append(escaped(violation.path()))
                .append(": no order explains what clients were told</h1><p>The red operation fits nowhere: <code>")
                .append(escaped(violation.culprit().toString()))
                .append("</code></p><p>Before it returned, the register can only have been: <code>")
                .append(escaped(String.join(" | ", violation.before())))
                .append("</code>, or what operations under way make of that.</p>")
                .append("<p>Green: succeeded. Grey: refused. Yellow: outcome unknown, may have happened")
                .append(" at any time since, or never.</p>\n");
        page.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">%n",
                LEFT + WIDTH + 20,
                rows.size() * ROW + 30));
        for (int row = 0; row < rows.size(); row++) {
            page.append(String.format(
                    Locale.ROOT, "<text x=\"0\" y=\"%d\">client %d</text>%n", row * ROW + BAR, rows.get(row)));
        }
        violation.window().forEach(operation -> bar(page, operation));
        page.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">%.3f ms from left to right</text>%n</svg>%n",
                LEFT,
                rows.size() * ROW + 20,
                (toNanos - fromNanos) / 1e6));
        table(page);
        return page.append("</body></html>\n").toString();
    }

    private void bar(StringBuilder page, Operation operation) {
        int left = x(operation.invokedNanos());
        int right = Math.max(left + 3, x(Math.min(operation.returnedNanos(), toNanos)));
        int top = rows.indexOf(operation.client()) * ROW;
        String text = escaped(operation.call() + " -> " + operation.outcome());
        page.append(String.format(
                Locale.ROOT,
                "<g><title>%s, %.3f ms</title><rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                        + "<text x=\"%d\" y=\"%d\">%s</text></g>%n",
                escaped(operation.toString()),
                (operation.invokedNanos() - fromNanos) / 1e6,
                look(operation),
                left,
                top + 4,
                right - left,
                BAR,
                left,
                top + BAR + 16,
                text));
    }

    private String look(Operation operation) {
        if (operation.equals(violation.culprit())) {
            return "culprit";
        }
        return switch (operation.outcome().status()) {
            case OK -> "ok";
            case UNKNOWN -> "unknown";
            case NO_NODE, NODE_EXISTS, BAD_VERSION -> "failed";
        };
    }

    /** The same as text: bars that lie close together hide one another's words. */
    private void table(StringBuilder page) {
        page.append("<ol>\n");
        for (Operation operation : violation.window()) {
            String end = operation.returnedNanos() == Operation.NEVER
                    ? "never"
                    : String.format(Locale.ROOT, "%.3f ms", (operation.returnedNanos() - fromNanos) / 1e6);
            page.append(String.format(
                    Locale.ROOT,
                    "<li>%.3f ms to %s: <code>%s</code></li>%n",
                    (operation.invokedNanos() - fromNanos) / 1e6,
                    end,
                    escaped(operation.toString())));
        }
        page.append("</ol>\n");
    }

    private int x(long nanos) {
        double share = (double) (nanos - fromNanos) / (toNanos - fromNanos);
        return LEFT + (int) Math.round(WIDTH * Math.min(1, Math.max(0, share)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
