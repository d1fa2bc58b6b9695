package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the golden decisions leave out. Messages are those of Keras 3.15.1 without their leading line feed.
class CallbacksTest {
    private static Step step(int epoch, int number, double loss) {
        return new Step(epoch, number, 10, Map.of("loss", loss));
    }

    @Test
    void messagesAreKeras() {
        var training = new FakeTraining(1e-3,
                ModelCheckpoint.to("m-{epoch}.ckpt").saveBestOnly(true).verbose(true),
                ReduceLROnPlateau.on(Monitor.VAL_LOSS).factor(0.5).patience(1).verbose(true),
                EarlyStopping.on(Monitor.VAL_LOSS).patience(1).restoreBestWeights(true).verbose(true)).begin();
        training.epoch(1, Map.of("val_loss", 0.5));
        training.epoch(2, Map.of("val_loss", 0.25));
        training.epoch(3, Map.of("val_loss", 0.75));
        training.end();
        assertThat(training.said).containsExactly(
                "Epoch 1: val_loss improved from None to 0.50000, saving model to m-1.ckpt",
                "Epoch 2: val_loss improved from 0.50000 to 0.25000, saving model to m-2.ckpt",
                "Epoch 3: val_loss did not improve from 0.25000",
                "Epoch 3: ReduceLROnPlateau reducing learning rate to 0.0005000000237487257.",
                "Epoch 3: early stopping", "Restoring model weights from the end of the best epoch: 2.");
        assertThat(training.stopReason).isEqualTo("val_loss has not improved since epoch 2");
        assertThat(training.restored).isEqualTo(2);
    }

    @Test
    void withoutItsMetricKeras3SavesAndKeras224DoesNot() {
        for (var semantics : Semantics.values()) {
            var training = new FakeTraining(1e-3,
                    ModelCheckpoint.to("m-{epoch}").saveBestOnly(true).semantics(semantics),
                    ReduceLROnPlateau.on(Monitor.VAL_LOSS).patience(0), EarlyStopping.on(Monitor.VAL_LOSS)).begin();
            for (int epoch = 1; epoch <= 3; epoch++) training.epoch(epoch, Map.of("loss", 1.0));
            training.end();
            assertThat(training.saved).hasSize(semantics == Semantics.KERAS_3 ? 3 : 0);
            assertThat(training.learningRate()).isEqualTo((float) 1e-3);
            assertThat(training.stopReason).isNull();
            assertThat(training.said).as("each says it once").hasSize(3)
                    .allMatch(line -> line.contains("val_loss, which epoch 1 does not have"));
        }
    }

    @Test
    void savesEverySoManyStepsAcrossEpochs() {
        var checkpoint = ModelCheckpoint.to("m-{epoch:02d}-{batch:03d}-{loss:.1f}").saveFreq(4);
        var training = new FakeTraining(1e-3, checkpoint).begin();
        for (int epoch = 1; epoch <= 2; epoch++) {
            for (int s = 1; s <= 10; s++) checkpoint.onStepEnd(training, step(epoch, s, s / 10.0));
            training.epoch(epoch, Map.of("loss", 1.0));
        }
        assertThat(training.saved).containsExactly("m-01-004-0.4", "m-01-008-0.8", "m-02-002-0.2", "m-02-006-0.6",
                "m-02-010-1.0");
    }

    @Test
    void aFieldThatCannotBeIsNamedAfterTheFirstStep() {
        var checkpoint = ModelCheckpoint.to("m-{epoch:02d}-{val_acc:.2f}");
        var training = new FakeTraining(1e-3, checkpoint).begin();
        assertThatThrownBy(() -> checkpoint.onStepEnd(training, step(1, 1, 1))).hasMessage(
                "E-USAGE-VALUE 'm-{epoch:02d}-{val_acc:.2f}': no field val_acc; use epoch, learning_rate or one of [loss], also with val_");
    }

    @Test
    void theBestOfAnEarlierTrainingIsNotReplaced() {
        var checkpoint = ModelCheckpoint.to("best").saveBestOnly(true);
        for (double loss : new double[]{0.2, 0.3, 0.1}) {
            var training = new FakeTraining(1e-3, checkpoint).begin();
            training.epoch(1, Map.of("val_loss", loss));
            assertThat(training.saved).hasSize(loss == 0.3 ? 0 : 1);
        }
    }

    @Test
    void theThresholdIsToBeBeaten() {
        var training = new FakeTraining(1e-3,
                ModelCheckpoint.to("m-{epoch}").saveBestOnly(true).initialValueThreshold(0.5)).begin();
        training.epoch(1, Map.of("val_loss", 0.6));
        training.epoch(2, Map.of("val_loss", 0.4));
        assertThat(training.saved).containsExactly("m-2");
    }

    /// Keras passes the schedule the epoch from 0 and the rate as a 32-bit number.
    @Test
    void theScheduleIsAskedOnceForEachEpochAlsoAfterAResume() {
        var asked = new ArrayList<String>();
        LearningRateScheduler.Schedule halve = (epoch, rate) -> {
            asked.add(epoch + " " + rate);
            return epoch == 0 ? rate : rate / 2;
        };
        var training = new FakeTraining(0.1, LearningRateScheduler.of(halve).verbose(true)).begin();
        training.epoch(1, Map.of());
        training.callbacks.getFirst().onEpochBegin(training, 2);
        var resumed = new FakeTraining(0.1, LearningRateScheduler.of(halve)).resume(training.states(),
                training.learningRate());
        resumed.epoch(2, Map.of());
        resumed.epoch(3, Map.of());

        assertThat(asked).containsExactly("0 " + (double) 0.1f, "1 " + (double) 0.1f, "2 " + (double) 0.05f);
        assertThat(resumed.learningRate()).isEqualTo(0.025f);
        assertThat(training.said).containsExactly(
                "Epoch 1: LearningRateScheduler setting learning rate to 0.10000000149011612.",
                "Epoch 2: LearningRateScheduler setting learning rate to 0.05000000074505806.");
    }

    @Test
    void aScheduleThatGivesNoRateIsRefused() {
        var training = new FakeTraining(0.1, LearningRateScheduler.of((epoch, rate) -> Double.NaN)).begin();
        assertThatThrownBy(() -> training.epoch(1, Map.of())).hasMessage(
                "a schedule gives a finite rate of 0 or more, got NaN for epoch 0");
    }

    @Test
    void whatIsNotANumberEndsTraining() {
        var nan = new TerminateOnNaN();
        for (double bad : new double[]{Double.NaN, Double.POSITIVE_INFINITY}) {
            var training = new FakeTraining(0.1, nan).begin();
            nan.onStepEnd(training, step(2, 3, 1));
            assertThat(training.stopReason).isNull();
            nan.onStepEnd(training, step(2, 4, bad));
            assertThat(training.stopReason).isEqualTo("not a finite number at step 4 of epoch 2");
            assertThat(training.said).containsExactly("Batch 3: Invalid loss, terminating training");

            var validation = new FakeTraining(0.1, nan).begin();
            validation.epoch(1, Map.of("loss", 1.0, "val_loss", 1.0));
            assertThat(validation.stopReason).isNull();
            validation.epoch(2, Map.of("loss", 1.0, "val_loss", bad));
            assertThat(validation.stopReason).isEqualTo("val_loss is " + PythonNumber.shortest(bad));
        }
    }

    @Test
    void aNameOfKerasFormatsAsksForTheirWriter() {
        for (var name : List.of("best.keras", "best-{epoch:02d}.h5", "best.weights.h5", "BEST.HDF5")) {
            assertThatThrownBy(() -> new FakeTraining(1e-3, ModelCheckpoint.to(name)).begin())
                    .hasMessage("E-USAGE-VALUE ModelCheckpoint '" + name
                            + "': has a name of Keras' formats, and no writer "
                            + "of them; add .writer(KerasFiles.checkpoints(trainer)), of narwhal.keras, or end the name with .ckpt");
            new FakeTraining(1e-3, ModelCheckpoint.to(name).writer(FakeTraining.UNWRITTEN)).begin();
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        for (double factor : List.of(1.0, 0.0, Double.NaN)) {
            assertThatThrownBy(() -> ReduceLROnPlateau.on(Monitor.LOSS).factor(factor))
                    .hasMessage("ReduceLROnPlateau needs a factor between 0 and 1, got " + factor);
        }
        assertThatThrownBy(() -> ReduceLROnPlateau.on(Monitor.LOSS).patience(-1))
                .hasMessage("patience is 0 or more epochs, got -1");
        assertThatThrownBy(() -> ModelCheckpoint.to("m").saveFreq(0))
                .hasMessage("saveFreq is at least 1 step, got 0");
        assertThatThrownBy(() -> ModelCheckpoint.to("m-{epoch"))
                .hasMessageStartingWith("E-USAGE-VALUE 'm-{epoch': a brace that belongs to no field at 2");
    }
}
