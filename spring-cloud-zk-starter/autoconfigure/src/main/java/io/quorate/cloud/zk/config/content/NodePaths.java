package io.quorate.cloud.zk.config.content;

/** Paths as people write them, and as the server wants them. */
final class NodePaths {

    private NodePaths() {}

    /** One slash in front, none at the end, none doubled. */
    static String absolute(String written) {
        StringBuilder path = new StringBuilder(written.length() + 1);
        for (String level : written.split("/")) {
            if (!level.isEmpty()) {
                path.append('/').append(level);
            }
        }
        return path.toString();
    }
}
