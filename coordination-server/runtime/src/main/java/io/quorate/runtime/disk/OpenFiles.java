package io.quorate.runtime.disk;

import io.quorate.core.port.DiskFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a lane has open, the least recently used first. Owned by the lane's thread. */
final class OpenFiles {

    /** Beyond this, files without unforced bytes are closed. */
    private static final int KEPT = 16;

    private final DataDirectories directories;
    private final LinkedHashMap<DiskFile, OpenFile> open = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    /** A file and what of it may be lost in a crash. */
    static final class OpenFile {
        final FileChannel channel;
        /** Whether bytes were written since the last force. */
        boolean dirty;
        /** Whether the directory does not durably name it yet. */
        boolean nameless;

        OpenFile(FileChannel channel) {
            this.channel = channel;
        }

        boolean settled() {
            return !dirty && !nameless;
        }
    }

    OpenFiles(DataDirectories directories) {
        this.directories = directories;
    }

    /** Opens the file, which must exist. */
    OpenFile existing(DiskFile file) throws IOException {
        OpenFile found = open.get(file);
        return found != null ? found : open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens the file and makes it if it is absent. */
    OpenFile existingOrNew(DiskFile file) throws IOException {
        OpenFile found = open.get(file);
        if (found != null) {
            return found;
        }
        boolean absent = !Files.exists(directories.path(file));
        OpenFile opened = open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        opened.nameless = absent;
        return opened;
    }

    private OpenFile open(DiskFile file, OpenOption... options) throws IOException {
        OpenFile opened = new OpenFile(FileChannel.open(directories.path(file), options));
        open.put(file, opened);
        closeSurplus(opened);
        return opened;
    }

    private void closeSurplus(OpenFile exceptThis) throws IOException {
        Iterator<OpenFile> oldestFirst = open.values().iterator();
        while (open.size() > KEPT && oldestFirst.hasNext()) {
            OpenFile oldest = oldestFirst.next();
            if (oldest.settled() && oldest != exceptThis) {
                oldestFirst.remove();
                oldest.channel.close();
            }
        }
    }

    void force(DiskFile file) throws IOException {
        OpenFile forced = existing(file);
        // Data only: it includes a changed length, and leaves out times.
        forced.channel.force(false);
        forced.dirty = false;
        if (forced.nameless) {
            directories.forceNames(file.volume());
            forced.nameless = false;
        }
    }

    /** The file has another name now; a file that had that name is gone. */
    void onRenamed(DiskFile from, DiskFile to) throws IOException {
        close(to);
        OpenFile moved = open.remove(from);
        if (moved != null) {
            moved.nameless = false;
            open.put(to, moved);
        }
    }

    void close(DiskFile file) throws IOException {
        OpenFile closed = open.remove(file);
        if (closed != null) {
            closed.channel.close();
        }
    }

    /** Forces what is not durable yet and closes everything; goes on after a failure and reports the first. */
    void forceAndCloseAll() throws IOException {
        IOException first = null;
        for (Map.Entry<DiskFile, OpenFile> entry : Map.copyOf(open).entrySet()) {
            try {
                if (!entry.getValue().settled()) {
                    force(entry.getKey());
                }
                entry.getValue().channel.close();
            } catch (IOException e) {
                first = firstOf(first, new IOException("closing " + directoryPath(entry.getKey()), e));
            }
        }
        open.clear();
        if (first != null) {
            throw first;
        }
    }

    private Path directoryPath(DiskFile file) {
        return directories.path(file).toAbsolutePath();
    }

    private static IOException firstOf(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
