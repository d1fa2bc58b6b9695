package narwhal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import narwhal.data.Batches;
import narwhal.data.Preparation;
import narwhal.data.synth.OrcaSynth;
import narwhal.data.synth.OrcaSynth.Part;
import narwhal.engine.Shape;
import narwhal.examples.OwnParts.GoodEnough;
import narwhal.examples.OwnParts.Swish;
import narwhal.testing.LayerContract;
import org.junit.jupiter.api.Test;

/// A stranger's layer and callback.
class OwnPartsTest {
    private static Batches pictures(Part part, int count) {
        return Batches.of(Preparation.standard().resize(16, 24).grayscale(true).rescale(1.0 / 255)
                .dataset(new Few(OrcaSynth.standard().part(part), count)), 8);
    }

    @Test
    void swishKeepsTheContractOfLayers() {
        LayerContract.of(new Swish(1.5), Shape.of(3, 3, 2)).check();
    }

    @Test
    void theyTrain() {
        var goodEnough = new GoodEnough(2);
        var history = OwnParts.train(pictures(Part.TRAIN, 32).shuffle(1), pictures(Part.VALIDATION, 16), goodEnough, 4);

        assertThat(history.epochs()).hasSize(4);
        assertThat(history.series("loss")[3]).isLessThan(history.series("loss")[0]);
        assertThat(goodEnough.rates()).hasSize(4).containsOnly((double) 0.01f);
    }

    @Test
    void theCallbackEndsTheTraining() {
        var history = OwnParts.train(pictures(Part.TRAIN, 16), pictures(Part.VALIDATION, 16), new GoodEnough(0), 4);
        assertThat(history.epochs()).hasSize(1);
    }
}
