package io.quorate.core.log;

import io.quorate.core.port.DiskImage;
import io.quorate.core.txn.Txn;
import java.nio.ByteBuffer;

public final class LogRecovery {

    /** Receives what is replayed, in order. */
    @FunctionalInterface
    public interface Records {
        /** @param payload the transaction's bytes as they are on disk, valid during the call */
        void onRecord(Txn txn, ByteBuffer payload);
    }

    private final DiskImage image;
    private final LogOptions options;

    public LogRecovery(DiskImage image, LogOptions options) {
        this.image = image;
        this.options = options;
    }

    public RecoveredLog replay(long snapshotZxid, Records records) {
        throw new UnsupportedOperationException(image.toString() + options);
    }
}
