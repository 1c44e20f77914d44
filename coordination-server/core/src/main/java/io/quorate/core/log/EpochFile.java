package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * One of the two epoch files (quorum protocol 9.7): a decimal number in ASCII, with the snapshots. Recovery reads them;
 * while the server runs, a change is written to {@link #temporary} with {@link #encode}, forced, and renamed to
 * {@link #file}.
 */
public enum EpochFile {
    /** The epoch that this member has promised to a leader. */
    ACCEPTED("acceptedEpoch"),
    /** The epoch whose history this member has taken over. */
    CURRENT("currentEpoch");

    /** Longer than any number of 64 bits; nothing behind the first line matters. */
    private static final int READ_BYTES = 64;

    private final DiskFile file;
    private final DiskFile temporary;

    EpochFile(String name) {
        file = DiskFile.snapshot(name);
        temporary = DiskFile.snapshot(name + ".tmp");
    }

    public DiskFile file() {
        return file;
    }

    public DiskFile temporary() {
        return temporary;
    }

    /** -1 is what a member writes that has no data and may not vote (quorum protocol 9.8). */
    public static ByteBuffer encode(long epoch) {
        return ByteBuffer.wrap(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The epoch, or empty when there is no such file.
     *
     * @throws MalformedEpoch when it holds anything but a number
     */
    public OptionalLong read(DiskImage image) {
        if (!image.list(Volume.SNAPSHOT).contains(file.name())) {
            return OptionalLong.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        while (bytes.hasRemaining() && image.read(file, bytes.position(), bytes) > 0) {
            continue;
        }
        String line = firstLine(StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
        try {
            return OptionalLong.of(Long.parseLong(line));
        } catch (NumberFormatException e) {
            throw new MalformedEpoch(file, line, e);
        }
    }

    private static String firstLine(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(0, end);
    }

    /** Replaces the file durably: before the replica runs. */
    public void write(DiskImage image, long epoch) {
        image.replace(file, encode(epoch));
    }

    /** Removes what a crash left of a change that was never promised to anybody. */
    public void deleteTemporary(DiskImage image) {
        if (image.list(Volume.SNAPSHOT).contains(temporary.name())) {
            image.delete(temporary);
        }
    }
}
