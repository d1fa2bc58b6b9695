package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fault of Narwhal's own: a console that breaks at a word stands for it.
class RunFaultTest {
    @TempDir
    Path folder;

    private static PrintWriter breakingAt(String word) {
        return new PrintWriter(Writer.nullWriter()) {
            @Override
            public void println(String line) {
                if (line.contains(word)) throw new IllegalStateException("a fault");
            }
        };
    }

    @Test
    void whileARunIsOpenTheTraceGoesToItsFolder() throws IOException {
        var small = SmallRun.in(folder, 1);
        var run = folder.resolve("run");
        var err = new StringWriter();
        var console = new Console(breakingAt("Epoch 1"), new PrintWriter(err), false, false, 80);

        assertThat(new Main(console, Signals.none()).run(small.words(run))).isEqualTo(1);

        assertThat(err.toString().lines()).singleElement().asString()
                .startsWith("E-INTERNAL IllegalStateException: a fault")
                .contains(run.toAbsolutePath() + "/narwhal-error-");
        try (var files = Files.list(run)) {
            var trace = files.filter(file -> file.getFileName().toString().startsWith("narwhal-error-")).toList();
            assertThat(trace).hasSize(1);
            assertThat(Files.readString(trace.getFirst())).startsWith("java.lang.IllegalStateException: a fault")
                    .contains("narwhal.cli.Progress");
        }
    }
}
