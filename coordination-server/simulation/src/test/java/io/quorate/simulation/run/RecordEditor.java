package io.quorate.simulation.run;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.Adler32;

/**
 * Changes transactions of one type on their way into the log, and makes their checksums fit: as if the core logged
 * something else than it applies. The format is quorum protocol 9.2.
 */
final class RecordEditor extends ForwardingDisk {

    static final int SET_DATA = 5;
    static final int MULTI = 14;
    static final int CLOSE_SESSION = -11;
    private static final int ERROR = -1;

    private static final int PREFIX_BYTES = Long.BYTES + Integer.BYTES;
    private static final int TYPE_OFFSET = 28;
    private static final int BODY_OFFSET = TYPE_OFFSET + Integer.BYTES;

    private final int type;
    private final Consumer<ByteBuffer> edit;

    /** @param edit changes the payload that it is given, whose position is 0 */
    RecordEditor(Disk lane, int type, Consumer<ByteBuffer> edit) {
        super(lane);
        this.type = type;
        this.edit = edit;
    }

    @Override
    public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        if (file.name().startsWith("log.") && copy.remaining() > PREFIX_BYTES) {
            editRecords(copy);
        }
        super.write(ticket, file, offset, copy);
    }

    private void editRecords(ByteBuffer records) {
        int at = 0;
        while (at + PREFIX_BYTES < records.limit()) {
            int length = records.getInt(at + Long.BYTES);
            int end = at + PREFIX_BYTES + length;
            if (length < BODY_OFFSET || end >= records.limit()) {
                return;
            }
            ByteBuffer payload = records.slice(at + PREFIX_BYTES, length);
            if (payload.getInt(TYPE_OFFSET) == type) {
                edit.accept(payload);
                Adler32 checksum = new Adler32();
                checksum.update(payload.duplicate());
                records.putLong(at, checksum.getValue());
            }
            at = end + 1;
        }
    }

    static void changeData(ByteBuffer payload) {
        int data = BODY_OFFSET + Integer.BYTES + payload.getInt(BODY_OFFSET);
        if (payload.getInt(data) > 0) {
            int first = data + Integer.BYTES;
            payload.put(first, (byte) (payload.get(first) + 1));
        }
    }

    static void makeError(ByteBuffer payload) {
        payload.putInt(TYPE_OFFSET, ERROR);
    }

    static void dropLastPart(ByteBuffer payload) {
        payload.putInt(BODY_OFFSET, payload.getInt(BODY_OFFSET) - 1);
    }
}
