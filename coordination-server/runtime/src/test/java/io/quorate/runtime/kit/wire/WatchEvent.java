package io.quorate.runtime.kit.wire;

/** A watch event as it arrived: the zxid of its header and the WatcherEvent record (client protocol 7.3). */
public record WatchEvent(long zxid, int type, int state, String path) {

    public static final int NODE_CREATED = 1;
    public static final int NODE_DELETED = 2;
    public static final int NODE_DATA_CHANGED = 3;
    public static final int NODE_CHILDREN_CHANGED = 4;

    static WatchEvent read(Reply frame) {
        JuteReader body = frame.body();
        WatchEvent event = new WatchEvent(frame.zxid(), body.integer(), body.integer(), body.requiredString());
        body.requireEnd();
        return event;
    }

    /** Type and path, the part that most tests compare: {@code "created /a"}. */
    public String what() {
        String name = switch (type) {
            case NODE_CREATED -> "created";
            case NODE_DELETED -> "deleted";
            case NODE_DATA_CHANGED -> "changed";
            case NODE_CHILDREN_CHANGED -> "children";
            default -> "type " + type;
        };
        return name + " " + path;
    }
}
