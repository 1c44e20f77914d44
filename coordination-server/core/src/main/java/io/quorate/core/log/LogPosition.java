package io.quorate.core.log;

import io.quorate.core.port.DiskFile;
import io.quorate.core.txn.Zxid;

/**
 * A place in the log, for messages.
 *
 * @param offset in bytes from the start of the file
 * @param record number in its file, from 1
 * @param lastGoodZxid the last transaction before it that is intact
 */
public record LogPosition(DiskFile file, long offset, long record, long lastGoodZxid) {

    @Override
    public String toString() {
        return file + " at offset " + offset + " (record " + record + " of the file; last good transaction "
                + Zxid.format(lastGoodZxid) + ")";
    }
}
