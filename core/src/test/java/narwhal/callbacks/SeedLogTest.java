package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// The callbacks of the script about orca calls, replayed over its printed validation losses. The expected names are those of
/// the files that its Keras 2.2 wrote.
class SeedLogTest {
    private static final double[] VAL_LOSS = {0.2298, 0.8340, 0.0983, 0.5063, 0.0541, 0.5849, 0.0682, 0.6503, 0.0339,
        0.5710, 0.0391, 0.6787,
        0.0451, 0.7874, 0.0483, 0.9105, 0.0380, 0.7649, 0.0507, 0.7189, 0.0377, 0.7066, 0.0376, 0.6619,
        0.0457, 0.8683, 0.0411, 0.9552, 0.0446, 0.8127, 0.0484, 0.5007, 0.0467, 0.6061, 0.0469, 0.8658,
        0.0459, 0.4516, 0.0469};

    @Test
    void savesTheSameFilesAndHalvesTheRateOnce() {
        var checkpoint = ModelCheckpoint.to("checkpointORCA_adam-{epoch:02d}-{val_loss:.2f}.h5")
                .writer(FakeTraining.UNWRITTEN).monitor(Monitor.VAL_LOSS).saveBestOnly(true);
        var reduce = ReduceLROnPlateau.on(Monitor.VAL_LOSS).factor(0.5).patience(20).minLearningRate(1e-8);
        var training = new FakeTraining(3e-5, checkpoint, reduce).begin();
        for (int epoch = 1; epoch <= VAL_LOSS.length; epoch++) {
            double before = training.learningRate();
            training.epoch(epoch, Map.of("val_loss", VAL_LOSS[epoch - 1]));
            assertThat(training.learningRate()).as("after epoch %d", epoch)
                    .isEqualTo(epoch == 29 ? 1.4999999621068127e-05 : before);
        }
        assertThat(training.saved).containsExactly("checkpointORCA_adam-01-0.23.h5",
                "checkpointORCA_adam-03-0.10.h5", "checkpointORCA_adam-05-0.05.h5", "checkpointORCA_adam-09-0.03.h5");
    }
}
