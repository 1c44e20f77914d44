package io.quorate.cloud.zk.test;

/** Quorate in this virtual machine. */
public final class EmbeddedServerProvider implements ZkServerProvider {

    static final String NAME = "embedded";

    @Override
    public String usage() {
        return NAME;
    }

    @Override
    public boolean provides(String choice) {
        return choice.equals(NAME);
    }

    @Override
    public ServerUnderTest create(String choice) {
        return new EmbeddedServer();
    }
}
