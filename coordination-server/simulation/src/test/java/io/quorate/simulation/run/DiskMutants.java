package io.quorate.simulation.run;

import io.quorate.core.port.Disk;
import io.quorate.core.port.DiskFile;
import io.quorate.core.port.DiskFile.Volume;
import io.quorate.core.port.DiskImage;
import io.quorate.core.port.DiskOutcome;
import io.quorate.simulation.server.Wiring;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Faults of what the core asks of the disk, and of what it makes of the answers. */
final class DiskMutants {

    /** The durable mark, which may be lost, is no longer. */
    private static final int LONGEST_MARK = 8;

    private DiskMutants() {}

    /** True every {@code outOf}-th time. */
    static BooleanSupplier every(int outOf) {
        int[] count = {0};
        return () -> ++count[0] % outOf == 0;
    }

    private static Wiring logLane(UnaryOperator<Disk> mutation) {
        return new Wiring() {
            @Override
            public Disk logLane(Disk lane) {
                return mutation.apply(lane);
            }
        };
    }

    private static Wiring bulkLane(UnaryOperator<Disk> mutation) {
        return new Wiring() {
            @Override
            public Disk bulkLane(Disk lane) {
                return mutation.apply(lane);
            }
        };
    }

    private static boolean isRecords(DiskFile file, ByteBuffer bytes) {
        return file.name().startsWith("log.") && bytes.remaining() > LONGEST_MARK;
    }

    static Wiring acknowledgeBeforeForce() {
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void force(long ticket, DiskFile file) {
                if (file.name().startsWith("log.")) {
                    skip(ticket, file);
                } else {
                    super.force(ticket, file);
                }
            }
        });
    }

    static Wiring ignoreFailedForce() {
        return new Wiring() {
            @Override
            public Disk.Completions completions(Disk.Completions completions) {
                return (ticket, outcome) -> {
                    boolean broken = outcome instanceof DiskOutcome.Failed failed
                            && failed.cause() == DiskOutcome.Cause.IO_ERROR;
                    completions.onDiskCompleted(ticket, broken ? DiskOutcome.DONE : outcome);
                };
            }
        };
    }

    static Wiring dropLogWrite() {
        BooleanSupplier now = every(40);
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
                if (isRecords(file, bytes) && now.getAsBoolean()) {
                    skip(ticket, file);
                } else {
                    super.write(ticket, file, offset, bytes);
                }
            }
        });
    }

    static Wiring misplaceLogWrite() {
        BooleanSupplier now = every(40);
        return logLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
                boolean misplaced = isRecords(file, bytes) && now.getAsBoolean();
                super.write(ticket, file, misplaced ? offset + 1 : offset, bytes);
            }
        });
    }

    static Wiring listUnforcedSnapshot() {
        return bulkLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void force(long ticket, DiskFile file) {
                skip(ticket, file);
            }
        });
    }

    static Wiring dropSnapshotSlice() {
        BooleanSupplier now = every(5);
        return bulkLane(lane -> new ForwardingDisk(lane) {
            @Override
            public void write(long ticket, DiskFile file, long offset, ByteBuffer bytes) {
                ByteBuffer damaged = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate());
                if (now.getAsBoolean()) {
                    damaged.put(damaged.capacity() / 2, (byte) ~damaged.get(damaged.capacity() / 2));
                }
                super.write(ticket, file, offset, damaged.flip());
            }
        });
    }

    /** The last bytes of every log file read as zeros. */
    static Wiring forgetEndOfLog() {
        return new Wiring() {
            @Override
            public DiskImage image(DiskImage image) {
                return new ShortSightedImage(image);
            }
        };
    }

    static Wiring changeLoggedData() {
        return logLane(lane -> new RecordEditor(lane, RecordEditor.SET_DATA, RecordEditor::changeData));
    }

    static Wiring forgetClosedSession() {
        return logLane(lane -> new RecordEditor(lane, RecordEditor.CLOSE_SESSION, RecordEditor::makeError));
    }

    static Wiring logHalfAMulti() {
        return logLane(lane -> new RecordEditor(lane, RecordEditor.MULTI, RecordEditor::dropLastPart));
    }

    /** An image whose last record of each log file cannot be seen. */
    private static final class ShortSightedImage extends ForwardingImage {

        private static final int UNSEEN_BYTES = 30;

        ShortSightedImage(DiskImage image) {
            super(image);
        }

        @Override
        public int read(DiskFile file, long offset, ByteBuffer into) {
            int start = into.position();
            int count = super.read(file, offset, into);
            if (file.volume() == Volume.LOG) {
                int last = start + count - 1;
                while (last >= start && into.get(last) == 0) {
                    last--;
                }
                for (int i = Math.max(start + 16, last - UNSEEN_BYTES); i <= last; i++) {
                    into.put(i, (byte) 0);
                }
            }
            return count;
        }
    }
}
