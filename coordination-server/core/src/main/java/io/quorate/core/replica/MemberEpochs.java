package io.quorate.core.replica;

import io.quorate.core.log.EpochFile;
import io.quorate.core.port.DiskImage;
import io.quorate.core.replica.RecoveredState.Epochs;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The epoch files at the start, and what they say about data that is not there (quorum protocol 9.7, 9.8). */
final class MemberEpochs {

    /** What a member without data has entered, and promised where nothing else is recorded. */
    private static final long NONE = -1;

    private static final String ADVICE = "This member neither votes nor is voted for until it has its leader's data."
            + " If no other member has any, restore a backup; or, if the database is to be new, create an empty file"
            + " named initialize in coordination.data-dir of every member, which holds for one start";

    private final DiskImage image;
    private final Consumer<String> warnings;

    MemberEpochs(DiskImage image, Consumer<String> warnings) {
        this.image = image;
        this.warnings = warnings;
    }

    /**
     * Whether a disk without snapshots and logs has had some. A member that then voted as if it were new would stand
     * for transactions that it has acknowledged and does not have: a quorum with it could lose them.
     *
     * @throws UnusableData when there are no other members to get the data from, and an empty disk is not to be used
     */
    boolean areOfLostData(ReplicaOptions options) {
        if (options.storage().emptyDisk() == ReplicaOptions.EmptyDisk.NEW) {
            return false;
        }
        boolean unwanted = options.storage().emptyDisk() == ReplicaOptions.EmptyDisk.LOST;
        if (options.ensemble() == null) {
            if (unwanted) {
                throw new UnusableData("there is neither a snapshot nor a log, and coordination.db.autocreate is off."
                        + " Restore the data from a backup; or, if the database is to be new, create an empty file"
                        + " named initialize in coordination.data-dir, which holds for one start");
            }
            return false;
        }
        OptionalLong current = EpochFile.CURRENT.read(image);
        boolean known = current.isPresent() && current.getAsLong() != 0;
        if (known) {
            warnings.accept("there is neither a snapshot nor a log, though the file currentEpoch says "
                    + current.getAsLong() + ": the data has been lost. " + ADVICE);
        } else if (unwanted) {
            warnings.accept("there is neither a snapshot nor a log, and coordination.db.autocreate is off. " + ADVICE);
        }
        return known || unwanted;
    }

    /**
     * A member that has joined an epoch has a file that says so; one that has none starts from its data. An epoch file
     * that lags behind the data is what a crash leaves between the two: the member goes on with the old epoch, under
     * which it has acknowledged nothing of the new one (quorum protocol 4.9).
     *
     * @param lost whether the data is known to be lost, so that the epoch of what is there says nothing
     */
    Epochs load(long dataEpoch, boolean lost) {
        EpochFile.ACCEPTED.deleteTemporary(image);
        EpochFile.CURRENT.deleteTemporary(image);
        long known = lost ? NONE : dataEpoch;
        // With data, -1 is what a crash has left before an epoch was entered, or what an operator has overruled.
        long least = lost ? NONE : 0;
        long current = readOrWrite(EpochFile.CURRENT, known, least);
        long accepted = readOrWrite(EpochFile.ACCEPTED, Math.max(current, known), least);
        if (accepted < current) {
            throw new UnusableData("acceptedEpoch is " + accepted + " and currentEpoch is " + current
                    + ", though a member promises an epoch before it enters it: one of the two files belongs to"
                    + " another member or to another time. Restore both from one backup, or move the content of the"
                    + " data directory away to have this member copy its leader's data.");
        }
        return new Epochs(accepted, current);
    }

    private long readOrWrite(EpochFile file, long otherwise, long least) {
        OptionalLong found = file.read(image);
        long epoch = found.isPresent() ? Math.max(least, found.getAsLong()) : otherwise;
        if (found.isEmpty() || found.getAsLong() != epoch) {
            file.write(image, epoch);
        }
        return epoch;
    }
}
