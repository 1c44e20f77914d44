package io.quorate.core.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.base.NodePath;
import io.quorate.core.wire.Acl;
import io.quorate.core.wire.WireReader;
import io.quorate.core.wire.WireWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a learner forwards is what its client asked. */
class OperationEncoderTest {

    private static final NodePath PATH = NodePath.of("/a");

    static List<Operation.Write> writes() {
        Operation.Create create =
                new Operation.Create(OpCode.CREATE2, PATH, new byte[] {1}, Acl.OPEN, 3, Operation.Create.NO_TTL);
        return List.of(
                create,
                new Operation.Create(OpCode.CREATE_TTL, PATH, null, null, 5, 1000),
                new Operation.Delete(PATH, 4),
                new Operation.SetData(PATH, new byte[0], -1),
                new Operation.SetData(null, null, 2),
                new Operation.SetAcl(PATH, Acl.OPEN, 1),
                new Operation.Reconfig("a", null, "", 9),
                new Operation.CloseSession(),
                new Operation.Multi(List.of(create, new Operation.Check(PATH, 2), new Operation.Delete(PATH, 1))));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void isReadBackTheSame(Operation.Write operation) {
        WireWriter out = new WireWriter(64);
        OperationEncoder.writeBody(operation, out);
        Operation read = OperationDecoder.decode(OperationEncoder.opCode(operation), new WireReader(out.written()));
        assertThat(read).usingRecursiveComparison().isEqualTo(operation);
    }
}
