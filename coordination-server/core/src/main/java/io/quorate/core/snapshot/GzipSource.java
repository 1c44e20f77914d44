package io.quorate.core.snapshot;

import io.quorate.core.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a gzip file of one member holds (RFC 1952). Its native memory is freed at the end, good or bad. */
final class GzipSource implements ByteSource, AutoCloseable {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int DEFLATE = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final ByteSource packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    /** Packed bytes not yet used, between position and limit. */
    private final ByteBuffer in =
            ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    private boolean headerRead;
    /** The trailer has been read and was right. */
    private boolean ended;

    GzipSource(ByteSource packed) {
        this.packed = packed;
    }

    @Override
    public boolean read(ByteBuffer into) {
        if (!headerRead) {
            readHeader();
            headerRead = true;
        }
        int from = into.position();
        while (!ended && into.position() == from) {
            if (inflater.finished()) {
                readTrailer();
                ended = true;
            } else {
                inflate(into);
                crc.update(into.duplicate().limit(into.position()).position(from));
            }
        }
        return into.position() > from;
    }

    private void inflate(ByteBuffer into) {
        if (inflater.needsInput()) {
            need(1);
            inflater.setInput(in);
        }
        try {
            inflater.inflate(into);
        } catch (DataFormatException damaged) {
            throw new MalformedRecord("damaged gzip data: " + damaged.getMessage());
        }
        if (inflater.needsDictionary()) {
            throw new MalformedRecord("damaged gzip data: it asks for a dictionary");
        }
    }

    private void readHeader() {
        need(HEADER_BYTES);
        int magic = in.getShort() & 0xffff;
        int method = in.get();
        int flags = in.get();
        in.position(in.position() + 6);
        if (magic != 0x8b1f || method != DEFLATE) {
            throw new MalformedRecord("no gzip file");
        }
        if ((flags & FLAG_EXTRA) != 0) {
            need(2);
            skip(in.getShort() & 0xffff);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void readTrailer() {
        need(TRAILER_BYTES);
        int expectedCrc = in.getInt();
        int expectedSize = in.getInt();
        if (expectedCrc != (int) crc.getValue() || expectedSize != (int) inflater.getBytesWritten()) {
            throw new MalformedRecord("the gzip checksum does not match");
        }
        if (in.hasRemaining() || packed.read(in.clear())) {
            throw new MalformedRecord("bytes behind the end of the gzip data");
        }
    }

    private void skip(int bytes) {
        for (int i = 0; i < bytes; i++) {
            need(1);
            in.get();
        }
    }

    private void skipText() {
        do {
            need(1);
        } while (in.get() != 0);
    }

    private void need(int bytes) {
        while (in.remaining() < bytes) {
            in.compact();
            boolean more = packed.read(in);
            in.flip();
            if (!more) {
                throw new MalformedRecord("the gzip data end early");
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
