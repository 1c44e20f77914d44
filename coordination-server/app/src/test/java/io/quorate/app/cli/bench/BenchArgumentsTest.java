package io.quorate.app.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.runtime.bench.LoadOptions;
import io.quorate.runtime.bench.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchArgumentsTest {

    @Test
    void withoutArgumentsEverythingIsRunOnTheDefaultServer() {
        BenchArguments arguments = BenchArguments.parse(List.of());

        assertThat(arguments.targets()).hasSize(1);
        assertThat(arguments.targets().get(0).servers().get(0).getPort()).isEqualTo(2181);
        assertThat(arguments.workloads()).containsExactly(Workload.values());
        assertThat(arguments.load()).isEqualTo(LoadOptions.DEFAULTS);
        assertThat(arguments.rounds()).isEqualTo(1);
    }

    @Test
    void readsEveryOption() {
        BenchArguments arguments = BenchArguments.parse(List.of(
                "--label=ours=127.0.0.1:1,127.0.0.1:2",
                "--label=theirs=127.0.0.1:3",
                "--workloads=set,mix",
                "--connections=4",
                "--in-flight=5",
                "--value-bytes=6",
                "--keys=7",
                "--warm-up=8",
                "--measure=9",
                "--rate=10",
                "--rounds=11"));

        assertThat(arguments.targets()).extracting(BenchTarget::name).containsExactly("ours", "theirs");
        assertThat(arguments.targets().get(0).servers()).hasSize(2);
        assertThat(arguments.workloads()).containsExactly(Workload.SET, Workload.MIX);
        assertThat(arguments.load()).isEqualTo(new LoadOptions(4, 5, 6, 7, 8000, 9000, 10));
        assertThat(arguments.rounds()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({
        "--nothing=1, no option --nothing",
        "--keys=many, is not a whole number",
        "--keys=0, must be 1 to",
        "--measure=0, must be at least 1",
        "--rounds=0, at least 1",
        "--workloads=put, set create get mix sessions",
        "--servers=127.0.0.1:x, write host:port",
        "--servers=127.0.0.1:70000, write host:port",
        "fast, not an option"
    })
    void saysWhatIsWrong(String argument, String part) {
        assertThatThrownBy(() -> BenchArguments.parse(List.of(argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void anOptionTwiceIsAMistake() {
        assertThatThrownBy(() -> BenchArguments.parse(List.of("--keys=1", "--keys=2")))
                .hasMessageContaining("--keys is given twice");
    }
}
