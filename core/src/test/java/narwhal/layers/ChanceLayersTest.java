package narwhal.layers;

import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.gaussianDropout;
import static narwhal.layers.Layers.gaussianNoise;
import static narwhal.layers.Layers.spatialDropout2d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import narwhal.engine.Engine;
import narwhal.engine.Randomness;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.models.Model;
import org.junit.jupiter.api.Test;

/// Layers of chance in training. Oracle: counting, and the moments of their distributions.
class ChanceLayersTest {
    private static final Shape PICTURE = Shape.of(3, 2, 4);
    private static final int BATCH = 300;

    private static float[] ofOnes(Layer layer) {
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var model = Model.of(layer, PICTURE, 1, engine);
            var pass = new Pass(Tape.silent(engine), Mode.TRAINING, new Randomness(1), 0);
            return engine.read(model.forward(engine.filled(PICTURE.batch(BATCH), 1), pass));
        }
    }

    @Test
    void elementsAlongAnAxisOf1ShareOneFate() {
        float[] kept = ofOnes(dropout(0.25).noiseShape(1, -1, 4));
        int dropped = 0;
        var samples = new HashSet<List<Float>>();
        for (int b = 0; b < BATCH; b++) {
            var row = new java.util.ArrayList<Float>();
            for (int i = 0; i < 8; i++) {
                float first = kept[b * 24 + i];
                row.add(first);
                if (first == 0) dropped++;
                else
                    assertThat(first).isEqualTo(1 / 0.75f);
                for (int y = 1; y < 3; y++) assertThat(kept[b * 24 + y * 8 + i]).isEqualTo(first);
            }
            samples.add(row);
        }
        // 2,400 draws: 4 standard errors are 85.
        assertThat(dropped).isBetween(600 - 85, 600 + 85);
        assertThat(samples).as("patterns of 8 elements among the samples").hasSizeGreaterThan(60);
    }

    @Test
    void wholeSamplesAreDropped() {
        float[] kept = ofOnes(dropout(0.5).noiseShape(1, 1, 1));
        int dropped = 0;
        for (int b = 0; b < BATCH; b++) {
            for (int i = 1; i < 24; i++) assertThat(kept[b * 24 + i]).isEqualTo(kept[b * 24]);
            if (kept[b * 24] == 0) dropped++;
        }
        assertThat(dropped).isBetween(150 - 35, 150 + 35);
    }

    @Test
    void spatialDropoutIsDropoutOfChannels() {
        assertThat(ofOnes(spatialDropout2d(0.5))).isEqualTo(ofOnes(dropout(0.5).noiseShape(1, 1, -1)));
    }

    /// 7,200 numbers: 4 standard errors of a mean are 0.05 deviations, of a deviation 0.035.
    @Test
    void noiseIsNormal() {
        var deviations = Map.of(gaussianNoise(0.3), 0.3, gaussianDropout(0.2), Math.sqrt(0.2 / 0.8));
        deviations.forEach((layer, deviation) -> {
            float[] noisy = ofOnes(layer);
            double sum = 0;
            double squares = 0;
            int near = 0;
            for (float x : noisy) {
                sum += x - 1;
                squares += (x - 1) * (x - 1);
                if (Math.abs(x - 1) < deviation) near++;
            }
            assertThat(sum / noisy.length).isCloseTo(0, within(0.05 * deviation));
            assertThat(Math.sqrt(squares / noisy.length)).isCloseTo(deviation, within(0.035 * deviation));
            assertThat(near / (double) noisy.length).isCloseTo(0.6827, within(0.022));
        });
    }

    @Test
    void aNoiseShapeFitsItsInput() {
        assertThatThrownBy(() -> dropout(0.5).noiseShape(1, 1).outputShape(PICTURE))
                .hasMessageContaining("the noise shape [1, 1] does not fit it");
        assertThatThrownBy(() -> dropout(0.5).noiseShape(1, 1, 3).outputShape(PICTURE))
                .hasMessageContaining("does not fit it");
        assertThatThrownBy(() -> dropout(0.5).noiseShape(0, 1, 1)).hasMessageContaining("at least 1 or -1");
    }
}
