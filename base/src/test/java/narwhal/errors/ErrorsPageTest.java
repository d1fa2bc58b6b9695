package narwhal.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` says what the catalogue says, entry by entry, in its order.
class ErrorsPageTest {
    private static List<String> rows() {
        var rows = new ArrayList<String>();
        for (int exitCode = 1; exitCode <= 8; exitCode++) {
            int code = exitCode;
            Arrays.stream(Problem.values()).filter(problem -> problem.exitCode() == code).forEach(problem -> rows
                    .add("| `" + problem.code() + "` | " + problem.meaning() + " | " + problem.nextStep() + " |"));
        }
        return rows;
    }

    @Test
    void thePageIsTheCatalogue() throws IOException {
        var page = Files.readAllLines(Path.of("..", "docs", "errors.md"));
        assertThat(page.stream().filter(line -> line.startsWith("| `E-")).toList()).isEqualTo(rows());
    }
}
