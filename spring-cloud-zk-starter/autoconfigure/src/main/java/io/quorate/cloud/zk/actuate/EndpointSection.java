package io.quorate.cloud.zk.actuate;

/** One part of the endpoint {@code zookeeper}. Every bean of this type is shown. */
public interface EndpointSection {

    /** Its key in the answer. */
    String name();

    /** What is shown: records, maps, lists, text and numbers. Never a configuration's value, never credentials. */
    Object content();
}
