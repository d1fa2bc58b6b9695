package narwhal.engine.cpu.convolution;

import static org.assertj.core.api.Assertions.assertThat;

import narwhal.engine.Padding;
import narwhal.engine.cpu.convolution.Chooser.Fft;
import narwhal.engine.cpu.convolution.Chooser.Im2Col;
import org.junit.jupiter.api.Test;

class ChooserTest {
    @Test
    void largeKernelsOnLargePicturesGoByFourierTransforms() {
        assertThat(Chooser.choose(Geometry.of(32, 128, 128, 32, 32, 7, 7, Padding.SAME))).isInstanceOf(Fft.class);
        assertThat(Chooser.choose(Geometry.of(32, 56, 56, 64, 64, 9, 9, Padding.SAME))).isInstanceOf(Fft.class);
    }

    @Test
    void stridesDilationAndSinglePointsAreMatrixProducts() {
        assertThat(Chooser.choose(Geometry.of(32, 56, 56, 256, 64, 1, 1, Padding.SAME))).isEqualTo(new Im2Col());
        assertThat(Chooser.choose(new Geometry(32, 56, 56, 64, 64, 7, 7, 2, 1, 1, 1, Padding.SAME)))
                .isEqualTo(new Im2Col());
        assertThat(Chooser.choose(new Geometry(32, 56, 56, 64, 64, 7, 7, 1, 1, 1, 2, Padding.SAME)))
                .isEqualTo(new Im2Col());
    }

    /// A 48 × 48 tile on a picture of 8 × 8 would be nearly empty.
    @Test
    void smallPicturesGetTilesThatFit() {
        assertThat(Chooser.choose(Geometry.of(32, 8, 8, 64, 64, 7, 7, Padding.SAME)))
                .isInstanceOfSatisfying(Fft.class, tiles -> {
                    assertThat(tiles.tileHeight()).isBetween(11, 16);
                    assertThat(tiles.tileWidth()).isBetween(11, 16);
                });
    }

    /// On a picture of 7 rows one tile of 8 or 12 rows is enough; its columns want more.
    @Test
    void tilesNeedNotBeSquare() {
        assertThat(Chooser.choose(Geometry.of(8, 5, 200, 32, 32, 5, 5, Padding.SAME)))
                .isInstanceOfSatisfying(Fft.class,
                        tiles -> assertThat(tiles.tileWidth()).isGreaterThan(tiles.tileHeight()));
    }

    /// What enters a network has few channels; what comes later has many.
    @Test
    void twoConvolutionsAreOneWhereTheSourceHasFewChannels() {
        assertThat(Chooser.pays(pair(128, 3, 32, 7, Padding.SAME))).isTrue();
        assertThat(Chooser.pays(pair(64, 32, 32, 7, Padding.SAME))).isFalse();
    }

    @Test
    void aPairHasOddKernelsAPaddedBorderAndRoomForBothKernels() {
        assertThat(pair(13, 3, 32, 7, Padding.SAME).isSimple()).isTrue();
        assertThat(pair(12, 3, 32, 7, Padding.SAME).isSimple()).isFalse();
        assertThat(pair(40, 3, 32, 6, Padding.SAME).isSimple()).isFalse();
        assertThat(pair(40, 3, 32, 7, Padding.VALID).isSimple()).isFalse();
        assertThat(new PairGeometry(new Geometry(1, 40, 40, 3, 8, 3, 3, 2, 2, 1, 1, Padding.SAME),
                Geometry.of(1, 20, 20, 8, 8, 3, 3, Padding.SAME)).isSimple()).isFalse();
    }

    private static PairGeometry pair(int size, int inputs, int filters, int kernel, Padding padding) {
        var first = Geometry.of(32, size, size, inputs, filters, kernel, kernel, padding);
        return new PairGeometry(first, Geometry.of(32, first.outputHeight(), first.outputWidth(), filters, filters,
                kernel, kernel, padding));
    }
}
