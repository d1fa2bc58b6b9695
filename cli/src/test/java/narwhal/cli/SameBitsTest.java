package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import narwhal.cli.SmallRun.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Same data, seed and settings: same weights and same history, whatever else differs. The negative control is another seed.
class SameBitsTest {
    @TempDir
    static Path folder;
    private static SmallRun small;
    private static Result expected;

    @BeforeAll
    static void train() throws IOException {
        small = SmallRun.in(folder, 3);
        expected = inside("expected");
    }

    private static Result inside(String name, String... more) throws IOException {
        var outcome = Outcome.of(small.words(folder.resolve(name), more));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return Result.of(folder.resolve(name));
    }

    private static Result fresh(FreshJvm jvm, String name, String... more) throws IOException, InterruptedException {
        var outcome = jvm.run(folder, small.words(folder.resolve(name), more));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return Result.of(folder.resolve(name));
    }

    @Test
    void twiceInFreshVirtualMachines() throws IOException, InterruptedException {
        assertThat(fresh(FreshJvm.with(), "fresh-1")).isEqualTo(expected);
        assertThat(fresh(FreshJvm.with("-XX:+UseParallelGC", "-Xmx200m"), "fresh-2")).isEqualTo(expected);
    }

    @Test
    void forAnyNumberOfThreads() throws IOException {
        for (int threads = 1; threads <= 4; threads++)
            assertThat(inside("threads-" + threads, "--threads", "" + threads)).isEqualTo(expected);
    }

    @Test
    void forAnyNumberOfLoaders() throws IOException {
        for (int loaders : new int[]{0, 2, 7})
            assertThat(inside("loaders-" + loaders, "--loaders", "" + loaders)).isEqualTo(expected);
    }

    @Test
    void interpretedOrCompiled() throws IOException, InterruptedException {
        var few = new ArrayList<String>();
        few.add("--steps-per-epoch");
        few.add("1");
        var more = few.toArray(String[]::new);
        assertThat(fresh(FreshJvm.with("-Xint"), "interpreted", more)).isEqualTo(inside("compiled", more));
    }

    @Test
    void inAnotherLocaleAndTimeZone() throws IOException, InterruptedException {
        assertThat(fresh(FreshJvm.with("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu",
                "-XX:TieredStopAtLevel=1"), "elsewhere")).isEqualTo(expected);
    }

    @Test
    void anotherSeedIsSomethingElse() throws IOException {
        var words = small.words(folder.resolve("other"));
        for (int i = 0; i < words.length; i++) if (words[i].equals("--seed")) words[i + 1] = "6";
        assertThat(Outcome.of(words).code()).isZero();
        assertThat(Result.of(folder.resolve("other")).weights()).isNotEqualTo(expected.weights());
    }
}
