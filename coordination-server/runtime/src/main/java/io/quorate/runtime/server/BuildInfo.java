package io.quorate.runtime.server;

/** What was built, and when: from the jar's manifest. */
public final class BuildInfo {

    private static final String FROM_CLASSES = "development";

    private BuildInfo() {}

    public static String version() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return version == null ? FROM_CLASSES : version;
    }

    /** The time stamp that the build fixes for reproducible jars. */
    public static String builtOn() {
        String vendor = BuildInfo.class.getPackage().getImplementationVendor();
        return vendor == null ? "an unknown date" : vendor;
    }
}
