package io.quorate.simulation.linearizability;

import io.quorate.simulation.linearizability.Operation.Kind;
import io.quorate.simulation.linearizability.Operation.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The search over one register. It goes through invocations and returns in the order of time and keeps every
 * configuration that explains what has returned. An operation takes effect no earlier than it has to: when it, or one
 * that needs it, returns. Reads, and writes that failed, are taken as soon as the register fits: that costs nothing.
 */
final class PathSearch {

    /** Operations with a known outcome that may be under way at once on one path. */
    private static final int MAX_OPEN = Long.SIZE;

    private final String path;
    private final List<Operation> operations;
    private final int maxConfigurations;
    /** Numbers of the values that somebody was told. */
    private final Map<String, Integer> values = new HashMap<>();

    /** Operations under way with a known outcome, each in its slot; what is in a free slot means nothing. */
    private final Step[] openSteps = new Step[MAX_OPEN];

    private final Map<Operation, Integer> slots = new IdentityHashMap<>();
    /** Slots in use of operations without effect. */
    private long reading;
    /** Slots in use of the others. */
    private long writing;

    /** Unknown writes by what they do, each list in the order of invocation: the numbers of {@code used}. */
    private final Map<Step, List<Integer>> unknown = new LinkedHashMap<>();

    private int unknowns;
    private Frontier frontier = new Frontier(0);
    private int widest = 1;

    PathSearch(String path, List<Operation> operations, int maxConfigurations) {
        this.path = path;
        this.operations = operations;
        this.maxConfigurations = maxConfigurations;
        frontier.add(Configuration.START);
        for (Operation operation : operations) {
            String told = operation.outcome().value();
            if (told != null) {
                values.putIfAbsent(told, values.size() + 1);
            }
        }
    }

    private record Event(long nanos, boolean isReturn, Operation operation) {}

    Verdict run() {
        List<Event> events = new ArrayList<>(2 * operations.size());
        for (Operation operation : operations) {
            events.add(new Event(operation.invokedNanos(), false, operation));
            if (operation.returnedNanos() != Operation.NEVER) {
                events.add(new Event(operation.returnedNanos(), true, operation));
            }
        }
        // Of what happens at the same moment, either may have been first: invocations come first, which allows more.
        events.sort(Comparator.comparingLong(Event::nanos).thenComparing(Event::isReturn));
        for (Event event : events) {
            Operation operation = event.operation();
            Verdict verdict = null;
            if (event.isReturn()) {
                verdict = returned(operation);
            } else if (operation.outcome().status() != Status.UNKNOWN) {
                invoked(operation);
            } else if (!operation.call().kind().isRead()) {
                unknown.computeIfAbsent(step(operation), step -> new ArrayList<>())
                        .add(unknowns++);
            }
            if (verdict != null) {
                return verdict;
            }
        }
        return new Verdict.Linearizable(operations.size(), 1, widest);
    }

    private Step step(Operation operation) {
        Kind kind = operation.call().kind();
        String value = kind == Kind.GET
                ? operation.outcome().value()
                : operation.call().value();
        int number = value == null ? 0 : values.getOrDefault(value, 0);
        return new Step(
                kind,
                operation.call().version(),
                operation.outcome().status(),
                operation.outcome().version(),
                number);
    }

    private void invoked(Operation operation) {
        int slot = Long.numberOfTrailingZeros(~(reading | writing));
        if (slot == MAX_OPEN) {
            throw new IllegalArgumentException("more than " + MAX_OPEN + " operations under way at once on " + path);
        }
        Step step = step(operation);
        openSteps[slot] = step;
        slots.put(operation, slot);
        if (step.hasEffect()) {
            writing |= 1L << slot;
            return;
        }
        reading |= 1L << slot;
        Frontier settled = new Frontier(reading);
        frontier.all().forEach(configuration -> settled.add(settle(configuration)));
        frontier = settled;
    }

    /** Lets everything under way take effect that has none and fits. */
    private Configuration settle(Configuration configuration) {
        long settled = configuration.open();
        for (long left = reading & ~settled; left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            if (configuration.register().after(openSteps[slot]) != null) {
                settled |= 1L << slot;
            }
        }
        return settled == configuration.open()
                ? configuration
                : new Configuration(configuration.register(), settled, configuration.used());
    }

    /** Keeps what explains this return too. @return null when there is something */
    private @Nullable Verdict returned(Operation operation) {
        Integer slot = slots.remove(operation);
        if (slot == null) {
            throw new IllegalStateException(operation + " returns twice on " + path);
        }
        Frontier next = new Frontier(reading);
        Frontier seen = new Frontier(reading);
        ArrayDeque<Configuration> queue = new ArrayDeque<>();
        reached(frontier.all(), slot, next, seen, queue);
        while (!queue.isEmpty()) {
            reached(successors(queue.remove()), slot, next, seen, queue);
            if (seen.size() + next.size() > maxConfigurations) {
                return new Verdict.Undecided(
                        path, "more than " + maxConfigurations + " configurations at " + operation);
            }
        }
        if (next.size() == 0) {
            return new Verdict.NotLinearizable(path, operation, registers(), window(operation));
        }
        free(slot, next);
        return null;
    }

    /** Sorts configurations into those in which the operation has taken effect, and those to go on from. */
    private static void reached(
            List<Configuration> reached, int slot, Frontier next, Frontier seen, ArrayDeque<Configuration> queue) {
        for (Configuration configuration : reached) {
            if (configuration.hasOpen(slot)) {
                next.add(configuration);
            } else if (seen.add(configuration)) {
                queue.add(configuration);
            }
        }
    }

    private void free(int slot, Frontier next) {
        reading &= ~(1L << slot);
        writing &= ~(1L << slot);
        frontier = new Frontier(reading);
        next.all().forEach(configuration -> frontier.add(configuration.withoutOpen(slot)));
        widest = Math.max(widest, frontier.size());
    }

    /** Where one more write leads, known or unknown. */
    private List<Configuration> successors(Configuration from) {
        List<Configuration> successors = new ArrayList<>();
        for (long left = writing & ~from.open(); left != 0; left &= left - 1) {
            int slot = Long.numberOfTrailingZeros(left);
            Register after = from.register().after(openSteps[slot]);
            if (after != null) {
                successors.add(settle(from.withOpen(after, slot)));
            }
        }
        for (Map.Entry<Step, List<Integer>> alike : unknown.entrySet()) {
            Register after = from.register().after(alike.getKey());
            int first = after == null ? -1 : firstLeft(from, alike.getValue());
            if (after != null && first >= 0) {
                successors.add(settle(from.withUsed(after, first)));
            }
        }
        return successors;
    }

    /** Of those that can stand in for one another the earliest will do; -1 when all are used. */
    private static int firstLeft(Configuration from, List<Integer> alike) {
        for (int number : alike) {
            if (!from.hasUsed(number)) {
                return number;
            }
        }
        return -1;
    }

    private List<String> registers() {
        TreeSet<String> registers = new TreeSet<>();
        for (Configuration configuration : frontier.all()) {
            Register register = configuration.register();
            registers.add(
                    register.exists() ? "version " + register.version() + " " + text(register.value()) : "absent");
        }
        return List.copyOf(registers);
    }

    private String text(int value) {
        for (Map.Entry<String, Integer> told : values.entrySet()) {
            if (told.getValue() == value) {
                return told.getKey();
            }
        }
        return "with a value that nobody read";
    }

    /** What was under way shortly before, and the unknown writes nearest to it. */
    private List<Operation> window(Operation culprit) {
        List<Operation> before = new ArrayList<>(operations);
        before.removeIf(operation -> operation.invokedNanos() > culprit.returnedNanos());
        List<Operation> window = new ArrayList<>();
        before.sort(Comparator.comparingLong(
                        (Operation operation) -> Math.min(operation.returnedNanos(), culprit.returnedNanos()))
                .thenComparingLong(Operation::invokedNanos)
                .reversed());
        int known = 0;
        int lost = 0;
        for (Operation operation : before) {
            boolean shown = operation.returnedNanos() == Operation.NEVER
                    ? lost++ < HistoryPicture.MAX_UNKNOWN
                    : known++ < HistoryPicture.MAX_KNOWN;
            if (shown || operation.equals(culprit)) {
                window.add(operation);
            }
        }
        window.sort(Comparator.comparingLong(Operation::invokedNanos));
        return window;
    }
}
