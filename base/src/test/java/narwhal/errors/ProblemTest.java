package narwhal.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    @ParameterizedTest
    @EnumSource
    void everyProblemMakesOneClearLine(Problem problem) {
        var message = problem.because("some/file.png: came 3, expected 4").getMessage();

        assertThat(message).matches("E-[A-Z-]+ some/file\\.png: came 3, expected 4; .+").hasSizeLessThanOrEqualTo(400);
        assertThat(problem.exitCode()).isBetween(1, 8);
    }

    @Test
    void hostileNamesStayOnOneLine() {
        var message = Problem.IMG_CORRUPT.because("a\nb\u001b[31m\u202ec.png: damaged").getMessage();

        assertThat(message).contains("a\\u000ab\\u001b[31m\\u202ec.png").doesNotContain("\n");
    }

    @Test
    void longDetailsAreCutButTheAdviceStays() {
        var message = Problem.IMG_CORRUPT.because("x".repeat(1_000)).getMessage();

        assertThat(message).hasSize(400).endsWith("; " + Problem.IMG_CORRUPT.nextStep());
    }
}
