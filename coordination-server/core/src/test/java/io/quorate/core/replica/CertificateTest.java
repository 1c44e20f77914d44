package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.port.ClientOrigin;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireWriter;
import io.quorate.core.wire.client.OpCode;
import org.junit.jupiter.api.Test;

/** Clients that are known by certificates, from the connection to the access rules (client protocol 9.4). */
class CertificateTest {

    private static Bench bench() {
        ReplicaOptions options = ReplicaOptions.defaults();
        return new Bench(options.withAccess(options.access().withCertificates(true)));
    }

    private static void connect(Bench bench, long link, String subject) {
        bench.replica.onClientOpened(link, new ClientOrigin("10.0.0." + link, subject));
        bench.handshake(link, 0, 0, new byte[16]);
        bench.settle();
        bench.said();
    }

    private static void createFor(Bench bench, long link, String path, String subject) {
        WireWriter body = new WireWriter(256).writeString(path).writeBuffer(new byte[] {1});
        body.writeInt(1).writeInt(Acl.ALL).writeString("x509").writeString(subject);
        bench.request(link, 1, OpCode.CREATE, body.writeInt(0));
        bench.settle();
    }

    private static void read(Bench bench, long link, String path) {
        bench.request(
                link, 2, OpCode.GET_DATA, new WireWriter(64).writeString(path).writeBool(false));
        bench.settle();
    }

    @Test
    void whatBelongsToASubjectIsReadByItsOwnerAlone() {
        Bench bench = bench();
        connect(bench, 1, "CN=alice");
        connect(bench, 2, "CN=bob");
        connect(bench, 3, null);
        createFor(bench, 1, "/a", "CN=alice");
        assertThat(bench.said()).anyMatch(line -> line.startsWith("1: xid 1") && line.endsWith("ok"));
        read(bench, 1, "/a");
        assertThat(bench.said()).anyMatch(line -> line.startsWith("1: xid 2") && line.endsWith("ok"));
        read(bench, 2, "/a");
        read(bench, 3, "/a");
        assertThat(bench.said()).hasSize(2).allMatch(line -> line.endsWith("error -102"));
    }

    @Test
    void aSubjectBeyondWhatAConnectionMayBeIsTurnedAway() {
        Bench bench = bench();
        bench.replica.onClientOpened(1, new ClientOrigin("10.0.0.1", "CN=" + "a".repeat(100_000)));
        bench.settle();
        assertThat(bench.said()).containsExactly("1: closed AUTHENTICATION_FAILED");
        assertThat(bench.events).contains("limit IDENTITIES");
    }
}
