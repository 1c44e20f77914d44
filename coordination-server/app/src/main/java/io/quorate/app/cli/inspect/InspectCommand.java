package io.quorate.app.cli.inspect;

import io.quorate.app.cli.Command;
import io.quorate.app.failure.ExitCodes;
import io.quorate.core.port.DiskFailure;
import io.quorate.core.replica.DataInspection;
import io.quorate.core.replica.UnusableData;
import io.quorate.runtime.disk.DataDirectoryException;
import io.quorate.runtime.disk.ReadOnlyImage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code inspect}: says what is on disk, of this server or of Apache ZooKeeper, while a server runs on it or not. */
public final class InspectCommand implements Command {

    static final String USAGE = """
            Usage:
              inspect [DATA-DIR [DATA-LOG-DIR]]    epochs, snapshots, logs of a directory; default data/standalone
              inspect log FILE [--data]            the transactions of a log file
              inspect snapshot FILE [--data]       the sessions and nodes of a snapshot, with their statistics
            --data writes data out in base64; otherwise its length is given.
            Nothing is changed. Exit code 0: all of it can be used; 1: something is damaged; 2: wrong arguments;
            3: there is no such directory or file, or it cannot be read.
            """;

    private static final String DATA = "--data";
    private static final String DEFAULT_DIRECTORY = "data/standalone";
    private static final int MOST_DIRECTORIES = 2;

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String summary() {
        return "[DATA-DIR] | log FILE | snapshot FILE  says what is on disk; inspect --help";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.equals(List.of("--help"))) {
            out.print(USAGE);
            return ExitCodes.NORMAL;
        }
        List<String> words = new ArrayList<>(arguments);
        boolean withData = words.removeIf(DATA::equals);
        boolean oneFile =
                !words.isEmpty() && (words.get(0).equals("log") || words.get(0).equals("snapshot"));
        boolean understood = words.stream().noneMatch(word -> word.startsWith("-"))
                && (oneFile ? words.size() == 2 : words.size() <= MOST_DIRECTORIES && !withData);
        if (!understood) {
            err.println("inspect: these arguments are not understood: " + String.join(" ", arguments));
            err.print(USAGE);
            return ExitCodes.CONFIGURATION;
        }
        try {
            return oneFile ? file(words.get(0), Path.of(words.get(1)), withData, out) : directory(words, out);
        } catch (DataDirectoryException | DiskFailure unreadable) {
            err.println("inspect: " + unreadable.getMessage());
            return ExitCodes.DATA_DIRECTORY;
        } catch (UnusableData damaged) {
            err.println("inspect: " + damaged.getMessage());
            return ExitCodes.FAILURE;
        }
    }

    private static int directory(List<String> words, PrintStream out) {
        Path data = Path.of(words.isEmpty() ? DEFAULT_DIRECTORY : words.get(0));
        Path logs = words.size() < MOST_DIRECTORIES ? data : Path.of(words.get(1));
        return new DirectoryReport(new DataInspection(ReadOnlyImage.ofDirectories(data, logs)), out).print();
    }

    private static int file(String kind, Path file, boolean withData, PrintStream out) {
        DataInspection inspection = new DataInspection(ReadOnlyImage.around(file));
        FileReport report = new FileReport(inspection, String.valueOf(file.getFileName()), withData, out);
        return kind.equals("log") ? report.printLog() : report.printSnapshot();
    }
}
