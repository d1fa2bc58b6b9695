package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTemplateTest {
    /// Values printed in the log of the orca calls at its best epochs.
    @ParameterizedTest
    @CsvSource({"1, 0.2298, 01-0.23", "3, 0.0983, 03-0.10", "5, 0.0541, 05-0.05", "9, 0.0339, 09-0.03"})
    void namesTheFilesKerasWrote(int epoch, double loss, String expected) {
        assertThat(new FileNameTemplate("{epoch:02d}-{val_loss:.2f}").format(epoch, Map.of("val_loss", loss)))
                .isEqualTo(expected);
    }

    /// Expected: Python's `"{v:SPEC}".format(v=…)`.
    @ParameterizedTest
    @CsvSource({".2f, 0.125, 0.12", ".2f, 0.375, 0.38", ".2f, -0.001, -0.00", "07.3f, -1.5, -01.500", ".0f, 2.5, 2",
        ".2f, NaN, nan", ".1f, -Infinity, -inf"})
    void roundsAsPythonDoes(String spec, double value, String expected) {
        assertThat(new FileNameTemplate("{v:" + spec + "}").format(1, Map.of("v", value))).isEqualTo(expected);
    }

    @Test
    void doubledBracesAreBraces() {
        assertThat(new FileNameTemplate("{{$1}}-{epoch:d}").format(7, Map.of())).isEqualTo("{$1}-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{epoch", "epoch}", "{nothing:.2f}", "{val_loss:d}", "{epoch:x}", "{}"})
    void refusesWhatItCannotFill(String template) {
        assertThatThrownBy(() -> new FileNameTemplate(template).format(1, Map.of("val_loss", 0.5)))
                .hasMessageStartingWith("E-USAGE-VALUE '" + template + "'");
    }
}
