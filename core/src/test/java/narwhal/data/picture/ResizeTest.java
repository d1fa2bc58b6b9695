package narwhal.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Oracle: Pillow, asked by `resizes.py`.
class ResizeTest {
    @ParameterizedTest
    @CsvFileSource(resources = "resizes.txt", delimiter = ' ')
    void givesPillowsPixels(String interpolation, int height, int width, int channels, int toHeight, int toWidth,
            String sha256) {
        var samples = new byte[height * width * channels];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) samples[i++] = (byte) (y * y * 37 + x * 53 + x * y * 11 + c * 91);
            }
        }
        var resized = Picture.of(height, width, channels, samples).resize(toHeight, toWidth,
                Interpolation.of(interpolation));
        assertThat(Digests.sha256(resized.samples())).isEqualTo(sha256);
    }
}
