package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracle: the command's contract, exit codes above all.
class DoctorCommandTest {
    private static final String NAN = """
            Epoch 1/3
            10/10 - 1s - loss: 0.6931 - accuracy: 0.5000
            Epoch 2/3
            10/10 - 1s - loss: nan - accuracy: 0.4000
            Epoch 3/3
            10/10 - 1s - loss: nan - accuracy: 0.4000
            """;

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void findingsGiveFive() throws IOException {
        var outcome = Outcome.of("doctor", file("nan.log", NAN));
        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.out()).contains("not-a-number").contains("What to do");
        assertThat(outcome.err()).isEmpty();
        assertThat(Outcome.of("doctor", "--fail-on", "never", file("nan.log", NAN)).code()).isZero();
    }

    @Test
    void jsonIsOneObject() throws IOException {
        var outcome = Outcome.of("doctor", "--format", "json", file("nan.log", NAN));
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.out()).startsWith("{\"findings\":[{\"id\":\"not-a-number\",\"severity\":\"error\"");
    }

    @Test
    void whatIsNoLogGivesThree() throws IOException {
        var text = Outcome.of("doctor", file("novel.txt", "It was a dark and stormy night.\n"));
        assertThat(text.code()).isEqualTo(3);
        assertThat(text.errors()).hasSize(1);
        var json = Outcome.of("doctor", "--format", "json", file("novel.txt", "It was a dark and stormy night.\n"));
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.out()).contains("\"findings\":[],\"honest\":{},\"log\":{},\"error\":");
    }

    @Test
    void aMissingFactsFileIsSaid() throws IOException {
        var outcome = Outcome.of("doctor", "--facts", folder.resolve("none").toString(), file("nan.log", NAN));
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.errors()).hasSize(1);
    }

    @Test
    void wrongWords() throws IOException {
        var outcome = Outcome.of("doctor", "--format", "xml", file("nan.log", NAN));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("text, json or html");
        assertThat(Outcome.of("doctor").code()).isEqualTo(2);
    }
}
