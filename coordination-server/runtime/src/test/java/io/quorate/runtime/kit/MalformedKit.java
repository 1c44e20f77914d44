package io.quorate.runtime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.runtime.kit.wire.Acl;
import io.quorate.runtime.kit.wire.Bodies;
import io.quorate.runtime.kit.wire.Err;
import io.quorate.runtime.kit.wire.JuteReader;
import io.quorate.runtime.kit.wire.JuteWriter;
import io.quorate.runtime.kit.wire.Multi;
import io.quorate.runtime.kit.wire.Op;
import io.quorate.runtime.kit.wire.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that cannot be decoded, for every operation and at every cut (client protocol 1.3). */
abstract class MalformedKit extends ClientProtocolKit {

    /** A request that is well formed; what it asks for does not matter. */
    record Sample(String name, int opcode, JuteWriter body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> bodies() {
        byte[] data = Bodies.bytes("data");
        List<String> paths = List.of("/a");
        JuteWriter watches = Bodies.setWatches(0, paths, paths, paths);
        return Stream.of(
                new Sample("create", Op.CREATE, Bodies.create("/a", data, Acl.OPEN, 0)),
                new Sample("create2", Op.CREATE2, Bodies.create("/a", data, Acl.OPEN, 0)),
                new Sample("createContainer", Op.CREATE_CONTAINER, Bodies.create("/a", data, Acl.OPEN, 4)),
                new Sample("createTTL", Op.CREATE_TTL, Bodies.createTtl("/a", data, Acl.OPEN, 5, 1)),
                new Sample("delete", Op.DELETE, Bodies.pathAndInt("/a", -1)),
                new Sample("exists", Op.EXISTS, Bodies.read("/a", false)),
                new Sample("getData", Op.GET_DATA, Bodies.read("/a", false)),
                new Sample("setData", Op.SET_DATA, Bodies.setData("/a", data, -1)),
                new Sample("getACL", Op.GET_ACL, Bodies.path("/a")),
                new Sample("setACL", Op.SET_ACL, Bodies.setAcl("/a", Acl.OPEN, -1)),
                new Sample("getChildren", Op.GET_CHILDREN, Bodies.read("/a", false)),
                new Sample("getChildren2", Op.GET_CHILDREN2, Bodies.read("/a", false)),
                new Sample("sync", Op.SYNC, Bodies.path("/a")),
                new Sample(
                        "multi",
                        Op.MULTI,
                        new Multi().create("/a").check("/a", 0).body()),
                new Sample(
                        "multiRead",
                        Op.MULTI_READ,
                        new Multi().add(Op.GET_DATA, Bodies.read("/a", false)).body()),
                new Sample("reconfig", Op.RECONFIG, Bodies.reconfig("a", "b", "c", -1)),
                new Sample("checkWatches", Op.CHECK_WATCHES, Bodies.pathAndInt("/a", 1)),
                new Sample("removeWatches", Op.REMOVE_WATCHES, Bodies.pathAndInt("/a", 1)),
                new Sample("setWatches", Op.SET_WATCHES, watches),
                new Sample(
                        "setWatches2",
                        Op.SET_WATCHES2,
                        Bodies.setWatches(0, paths, paths, paths).strings(paths).strings(paths)),
                new Sample("getEphemerals", Op.GET_EPHEMERALS, Bodies.path("/a")),
                new Sample("getAllChildrenNumber", Op.GET_ALL_CHILDREN_NUMBER, Bodies.path("/a")),
                new Sample("addWatch", Op.ADD_WATCH, Bodies.pathAndInt("/a", 0)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("1.3 a body cut anywhere is -5 and the connection stays usable")
    @MethodSource("bodies")
    void cutBodyIsMarshallingError(Sample sample) {
        byte[] whole = sample.body().toBytes();
        for (int length = 0; length < whole.length; length++) {
            Reply reply = session().call(sample.opcode(), new JuteWriter().raw(Arrays.copyOf(whole, length)));
            assertThat(reply.err()).as("%s cut to %d bytes", sample, length).isEqualTo(Err.MARSHALLING);
            assertThat(reply.length()).isEqualTo(Reply.HEADER_LENGTH);
            assertThat(reply.zxid()).isPositive();
        }
        session().takenEvents();
        assertThat(session().exists(root(), false).err()).isZero();
    }

    @ParameterizedTest
    @DisplayName("1.3 a string length below -1 or past the frame is -5")
    @ValueSource(ints = {-2, Integer.MIN_VALUE, 1000, 3_000_000, Integer.MAX_VALUE})
    void impossibleStringLength(int length) {
        Reply reply = session().call(Op.EXISTS, new JuteWriter().integer(length).raw(new byte[20]));

        assertThat(reply.err()).isEqualTo(Err.MARSHALLING);
    }

    @Test
    @DisplayName("1.1 a vector count far beyond the frame is -5")
    void hugeVectorCount() {
        JuteWriter body = new JuteWriter().longInteger(0).integer(Integer.MAX_VALUE);

        assertThat(session().call(Op.SET_WATCHES, body).err()).isEqualTo(Err.MARSHALLING);
    }

    @Test
    @DisplayName("1.1 a vector count below -1 is an empty vector")
    void negativeVectorCountIsEmpty() {
        JuteWriter body = new JuteWriter().longInteger(0).integer(-7).integer(0).integer(-2);

        assertThat(session().call(Op.SET_WATCHES, body).err()).isZero();
    }

    @Test
    @DisplayName("1.3 a null vector in setWatches is -5, and the lists before it have taken effect")
    void nullVectorInSetWatches() {
        JuteWriter body = Bodies.setWatches(Long.MAX_VALUE, List.of(root()), null, List.of());
        assertThat(session().call(Op.SET_WATCHES, body).err()).isEqualTo(Err.MARSHALLING);
        JuteWriter second = Bodies.setWatches(0, List.of(), List.of(), List.of())
                .strings(null)
                .strings(List.of());
        assertThat(session().call(Op.SET_WATCHES2, second).err()).isEqualTo(Err.MARSHALLING);

        open().setData(root(), "x").ok();
        assertThat(session().settled()).containsExactly("changed " + root());
    }

    @Test
    @DisplayName("1.3 a null path is -5 for create, delete and reads")
    void nullPathWhereItIsDereferenced() {
        assertThat(session().create(null, "d", Acl.OPEN, 0).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().delete(null).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().exists(null, false).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().getData(null, false).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().getChildren(null, false).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().call(Op.GET_CHILDREN2, Bodies.read(null, false)).err())
                .isEqualTo(Err.MARSHALLING);
        assertThat(session().getAcl(null).err()).isEqualTo(Err.MARSHALLING);
        assertThat(session().call(Op.GET_ALL_CHILDREN_NUMBER, Bodies.path(null)).err())
                .isEqualTo(Err.MARSHALLING);
    }

    @Test
    @DisplayName("1.3 a null path is -8 for setData and setACL, and -5 for a check inside multi")
    void nullPathWhereItIsValidated() {
        assertThat(session().setData(null, "x").err()).isEqualTo(Err.BAD_ARGUMENTS);
        assertThat(session().setAcl(null, Acl.OPEN, -1).err()).isEqualTo(Err.BAD_ARGUMENTS);
        // The specification's table says -8 for check as well; ZooKeeper 3.9.5 answers -5 for the whole multi.
        Reply multi = session().multi(new Multi().add(Op.CHECK, Bodies.pathAndInt(null, -1)));
        assertThat(multi.err()).isEqualTo(Err.MARSHALLING);
        assertThat(multi.length()).isEqualTo(Reply.HEADER_LENGTH);
    }

    @ParameterizedTest
    @DisplayName("1.3 an undecodable auth or sasl body closes the connection and the session survives")
    @ValueSource(ints = {Op.AUTH, Op.SASL})
    void undecodableAuthCloses(int opcode) {
        session().send(opcode, new JuteWriter().raw((byte) 0, (byte) 0));

        assertThat(session().client().isClosedByServer()).isTrue();
        assertThat(ended(session().resume()).id()).isEqualTo(session().id());
    }

    @Test
    @DisplayName("9.7 sasl on a server without SASL configuration is answered with a null token")
    void saslWithoutConfiguration() {
        Reply reply = session().call(Op.SASL, new JuteWriter().buffer(new byte[] {1, 2}));

        assertThat(reply.zxid()).isZero();
        JuteReader body = reply.ok().body();
        assertThat(body.buffer()).isNull();
        body.requireEnd();
    }

    @Test
    @DisplayName("1.1 malformed UTF-8 in a path is -8, not a decode error")
    void malformedUtf8() {
        JuteWriter path = new JuteWriter().integer(3).raw((byte) '/', (byte) 0xff, (byte) 'a');
        JuteWriter body =
                new JuteWriter().raw(path.toBytes()).buffer(null).acl(Acl.OPEN).integer(0);

        assertThat(session().call(Op.CREATE, body).err()).isEqualTo(Err.BAD_ARGUMENTS);
    }
}
