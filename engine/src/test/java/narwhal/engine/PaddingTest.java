package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddingTest {
    /// Expected by hand from the definitions: 7 at stride 1 pads 3 + 3, 2 at stride 1 pads 0 + 1, 3 at stride 2 on an even
    /// extent pads 0 + 1; a pooling without padding drops the last cell of an odd extent.
    @ParameterizedTest
    @CsvSource({"SAME, 128, 7, 1, 128, 3", "SAME, 5, 2, 1, 5, 0", "SAME, 8, 3, 2, 4, 0", "SAME, 7, 3, 2, 4, 1",
        "SAME, 1, 7, 1, 1, 3", "VALID, 128, 7, 1, 122, 0", "VALID, 5, 2, 2, 2, 0", "VALID, 1, 2, 2, 0, 0"})
    void countsOutputsAndPaddedCells(Padding padding, int n, int window, int stride, int outputs, int before) {
        assertThat(padding.outputs(n, window, stride)).isEqualTo(outputs);
        assertThat(padding.before(n, window, stride)).isEqualTo(before);
    }
}
