package io.quorate.simulation.client;

import io.quorate.simulation.SimRandom;
import io.quorate.simulation.history.Request;
import io.quorate.simulation.history.Request.Kind;
import java.util.ArrayList;
import java.util.List;

/** Accounts and counters, changed in multis: both sides or neither. */
final class Transfers implements Workload {

    private static final int ACCOUNTS = 3;

    @Override
    public Request next(Knowledge known, SimRandom random) {
        String from = "/x" + random.below(ACCOUNTS);
        String to = "/x" + random.below(ACCOUNTS);
        return switch ((int) random.below(8)) {
            case 0 -> open(random);
            case 1, 2 -> new Request.GetData(from, false);
            case 3 -> replace(from);
            case 4 -> increment(known, from, random);
            case 5 -> new Request.Multi(List.of(new Request.Check(from, known.version(from))));
            default -> transfer(known, from, to, random);
        };
    }

    private static Request open(SimRandom random) {
        List<Request> parts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            parts.add(new Request.Create("/x" + i, "100", Kind.PERSISTENT, random.oneIn(2)));
        }
        return new Request.Multi(parts);
    }

    /** Later parts see earlier ones. */
    private static Request replace(String path) {
        return new Request.Multi(List.of(
                new Request.Delete(path, Request.ANY),
                new Request.Create(path, "100", Kind.PERSISTENT, false),
                new Request.SetData(path, "101", 0),
                new Request.Create(path + "/n-", "n", Kind.SEQUENTIAL, true),
                new Request.Create(path + "/n-", "n", Kind.SEQUENTIAL, false)));
    }

    private static Request increment(Knowledge known, String path, SimRandom random) {
        return new Request.Multi(List.of(
                new Request.Check(path, known.version(path)),
                new Request.SetData(path, plus(known.value(path), random.below(3)), known.version(path))));
    }

    private static Request transfer(Knowledge known, String from, String to, SimRandom random) {
        long amount = random.below(20);
        return new Request.Multi(List.of(
                new Request.SetData(from, plus(known.value(from), -amount), known.version(from)),
                new Request.SetData(to, plus(known.value(to), amount), known.version(to))));
    }

    private static String plus(String value, long amount) {
        return value != null && value.matches("-?\\d{1,9}") ? Long.toString(Long.parseLong(value) + amount) : "0";
    }
}
