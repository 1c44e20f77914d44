package io.quorate.cloud.zk.test;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs already, by its address. */
public final class ExternalServerProvider implements ZkServerProvider {

    /** The colons of an IPv6 address are told from that of the port by brackets, as in a URI. */
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([^]]+)]|([^:\\[\\]/]+)):(\\d{1,5})");

    @Override
    public String usage() {
        return "host:port";
    }

    @Override
    public boolean provides(String choice) {
        return ADDRESS.matcher(choice).matches();
    }

    @Override
    public ServerUnderTest create(String choice) {
        Matcher address = ADDRESS.matcher(choice);
        if (!address.matches()) {
            throw new IllegalArgumentException("Not host:port: " + choice);
        }
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        return new ExternalServer(choice, new InetSocketAddress(host, Integer.parseInt(address.group(3))));
    }
}
