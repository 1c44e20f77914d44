package io.quorate.core.port;

/** A file of the server, named by where it lives and what it is called there (quorum protocol 9.1). */
public record DiskFile(Volume volume, String name) {

    /** The two directories that an operator may put on different disks. */
    public enum Volume {
        /** {@code <dataLogDir>/version-2}. */
        LOG,
        /** {@code <dataDir>/version-2}. */
        SNAPSHOT
    }

    public static DiskFile log(String name) {
        return new DiskFile(Volume.LOG, name);
    }

    public static DiskFile snapshot(String name) {
        return new DiskFile(Volume.SNAPSHOT, name);
    }

    @Override
    public String toString() {
        return volume.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
    }
}
