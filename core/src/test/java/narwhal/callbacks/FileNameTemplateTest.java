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
        ".2f, NaN, nan", ".1f, -Infinity, -inf", "f, 0.1, 0.100000", ".2e, 0.00012345, 1.23e-04",
        "e, 1.5, 1.500000e+00",
        "010.2e, -1.5, '-01.50e+00'", "9, 0.1, '      0.1'"})
    void roundsAsPythonDoes(String spec, double value, String expected) {
        assertThat(new FileNameTemplate("{v:" + spec + "}").format(1, Map.of("v", value))).isEqualTo(expected);
    }

    @Test
    void fieldsNeedNoSpecification() {
        assertThat(new FileNameTemplate("{epoch}-{epoch:3}-{batch:02}-{loss}").format(7, 4, Map.of("loss", 3e-5)))
                .isEqualTo("7-  7-04-3e-05");
        assertThat(new FileNameTemplate("{epoch}-{val_loss:.2f}{{x}}").fields()).containsExactly("epoch", "val_loss");
    }

    @Test
    void doubledBracesAreBraces() {
        assertThat(new FileNameTemplate("{{$1}}-{epoch:d}").format(7, Map.of())).isEqualTo("{$1}-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{epoch", "epoch}", "{nothing:.2f}", "{val_loss:d}", "{epoch:x}", "{}", "{val_loss:.2}",
        "{epoch:.2d}"})
    void refusesWhatItCannotFill(String template) {
        assertThatThrownBy(() -> new FileNameTemplate(template).format(1, Map.of("val_loss", 0.5)))
                .hasMessageStartingWith("E-USAGE-VALUE '" + template + "'");
    }
}
