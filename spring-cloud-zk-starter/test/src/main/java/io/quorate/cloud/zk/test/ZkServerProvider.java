package io.quorate.cloud.zk.test;

/**
 * Where the server of {@link ZkTest} comes from. The system property {@value #PROPERTY} chooses: {@code embedded}, the
 * default, is Quorate in this virtual machine; {@code zookeeper} is Apache ZooKeeper in this virtual machine, of the
 * version on the class path; {@code host:port} is a server that runs already. Others are found by
 * {@link java.util.ServiceLoader}.
 *
 * <p>A server that runs elsewhere cannot be stopped by a test: {@link ZkServer#stop()} and {@link ZkServer#restart()}
 * fail and say so. It should grant sessions as short as the tests ask for, and allow the command {@code wchc} for
 * {@link ZkServer#watchCount}.
 */
public interface ZkServerProvider {

    /** The system property that chooses among providers. It is read once, when the first test asks for a server. */
    String PROPERTY = "quorate.test.server";

    /** What the property may say to choose this provider, as a message puts it. */
    String usage();

    /** Whether the value of the property means this provider. Quick, and without any effect. */
    boolean provides(String choice);

    /**
     * The server of this virtual machine, not started. Called once.
     *
     * @throws IllegalStateException if it cannot run here; the message says what is missing
     */
    ServerUnderTest create(String choice);
}
