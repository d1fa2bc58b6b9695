package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Role;
import narwhal.history.log.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Formats of versions that are no longer installed, printed as their source code printed them.
class OldKerasTest {
    static TrainingLog read(String text) {
        return Logs.read(text.getBytes(StandardCharsets.UTF_8), "test");
    }

    static Stream<KerasPrinter.Version> versions() {
        return Stream.of(KerasPrinter.KERAS_0, KerasPrinter.KERAS_1, KerasPrinter.KERAS_2_FIT,
                KerasPrinter.KERAS_2_GENERATOR,
                KerasPrinter.KERAS_2_LINES, KerasPrinter.TF_20, KerasPrinter.TF_2, KerasPrinter.TF_2_LINES);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void allVersions(KerasPrinter.Version version) {
        var truth = Truth.random(7);
        truth.matches(read(KerasPrinter.print(version, truth, false, "")));
        truth.matches(read(KerasPrinter.print(version, truth, true, "\n")));
        truth.matches(read(KerasPrinter.print(version, truth, true, "\b".repeat(90) + "\r")));
        truth.matches(read(KerasPrinter.print(version, truth, true, "\r")));
    }

    @Test
    void versionsAreTold() {
        var truth = Truth.random(8);
        assertThat(read(KerasPrinter.print(KerasPrinter.KERAS_0, truth, false, "")).format().framework())
                .isEqualTo(Framework.KERAS_0);
        assertThat(read(KerasPrinter.print(KerasPrinter.KERAS_1, truth, false, "")).format().framework())
                .isEqualTo(Framework.KERAS_1);
        assertThat(read(KerasPrinter.print(KerasPrinter.KERAS_2_GENERATOR, truth, false, "")).format().name())
                .isEqualTo("keras-2 progress");
    }

    @Test
    void samplesOrBatches() {
        var truth = Truth.random(9);
        assertThat(unit(KerasPrinter.KERAS_1, truth)).isEqualTo(Unit.SAMPLES);
        assertThat(unit(KerasPrinter.KERAS_2_FIT, truth)).isEqualTo(Unit.SAMPLES);
        assertThat(unit(KerasPrinter.KERAS_2_GENERATOR, truth)).isEqualTo(Unit.BATCHES);
        assertThat(unit(KerasPrinter.TF_20, truth)).isEqualTo(Unit.SAMPLES);
        assertThat(unit(KerasPrinter.TF_2, truth)).isEqualTo(Unit.BATCHES);
        assertThat(unit(KerasPrinter.KERAS_0, truth)).isEqualTo(Unit.UNKNOWN);
    }

    private static Unit unit(KerasPrinter.Version version, Truth truth) {
        return read(KerasPrinter.print(version, truth, false, "")).runs().getFirst().epochs().getFirst().progress()
                .orElseThrow().unit();
    }

    @Test
    void dataLines() {
        var data = read(KerasPrinter.print(KerasPrinter.KERAS_2_GENERATOR, Truth.random(1), false, "")).runs()
                .getFirst().data();
        assertThat(data.trainingImages()).hasValue(29124);
        assertThat(data.validationImages()).hasValue(10401);
        assertThat(data.classes()).hasValue(2);
        assertThat(data.found()).hasSize(2);
    }

    @Test
    void aBarCutOffInItsLastEpochTakesNoPart() {
        var run = read(
                """
                        Epoch 1/3
                        10/10 [==============================] - 5s 500ms/step - loss: 0.9000 - acc: 0.5000 - val_loss: 0.8000 - val_acc: 0.6000
                        Epoch 2/3
                         6/10 [=================>............] - ETA: 2s - loss: 0.7000 - acc: 0.6000
                        """)
                .runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(1);
        assertThat(run.epochs().getLast().complete()).isFalse();
        assertThat(run.epochs().getLast().progress().orElseThrow().done()).isEqualTo(6);
        assertThat(run.announced()).hasValue(3);
    }

    /// As TensorFlow 1.14 and 1.15 print `fit_generator`.
    @Test
    void aHeadlineAboveTheBarOfAValidation() {
        var log = read(
                """
                        Epoch 1/2
                         9/10 [==========================>...] - ETA: 0s - loss: 0.9100 - acc: 0.5100Epoch 1/2
                        12/10 [====================================] - 5s 457ms/step - loss: 0.8000 - acc: 0.6000
                        10/10 [==============================] - 11s 1s/step - loss: 0.9000 - acc: 0.5200 - val_loss: 0.8000 - val_acc: 0.6000
                        Epoch 2/2
                         9/10 [==========================>...] - ETA: 0s - loss: 0.7100 - acc: 0.6100Epoch 1/2
                        12/10 [====================================] - 5s 457ms/step - loss: 0.6500 - acc: 0.7000
                        10/10 [==============================] - 11s 1s/step - loss: 0.7000 - acc: 0.6200 - val_loss: 0.6500 - val_acc: 0.7000
                        """);
        assertThat(log.runs()).hasSize(1);
        var run = log.runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(2);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.9, 0.7);
        assertThat(run.evaluation("accuracy").values()).containsExactly(0.6, 0.7);
        assertThat(run.data().validationBatches()).hasValue(12);
        assertThat(run.epochs().getFirst().progress().orElseThrow().done()).isEqualTo(10);
    }

    @Test
    void trainingValuesWithoutTheValidationThatAllOthersHaveAreCutOff() {
        var run = read(
                """
                        Epoch 1/3
                        10/10 [==============================] - 5s 500ms/step - loss: 0.9000 - acc: 0.5000 - val_loss: 0.8000 - val_acc: 0.6000
                        Epoch 2/3
                        10/10 [==============================] - 5s 500ms/step - loss: 0.7000 - acc: 0.6000""")
                .runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(1);
    }

    @Test
    void theSameEpochTwiceIsOne() {
        var run = read(
                """
                        Epoch 1/2
                        10/10 [==============================] - ETA: 0s - loss: 0.9100 - acc: 0.5100WARNING:tensorflow:something is deprecated
                        10/10 [==============================] - 5s 500ms/step - loss: 0.9000 - acc: 0.5000 - val_loss: 0.8000 - val_acc: 0.6000
                        Epoch 2/2
                        10/10 [==============================] - ETA: 0s - loss: 0.72019-07-01 12:00:00.123456: W tensorflow/core/x.cc:12] mind
                        10/10 [==============================] - 5s 500ms/step - loss: 0.7000 - acc: 0.6000 - val_loss: 0.7500 - val_acc: 0.6500
                        """)
                .runs().getFirst();
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.9, 0.7);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.6, 0.65);
        assertThat(run.events(Event.Warning.class)).hasSize(2);
        assertThat(run.events(Event.Warning.class).getLast().text()).startsWith("2019-07-01").contains("W tensorflow");
    }

    @Test
    void textThatBeginsInsideAnEpoch() {
        var run = read(
                """
                        1 - acc: 0.5000 - val_loss: 0.8000 - val_acc: 0.6000
                        Epoch 8/9
                        10/10 [==============================] - 5s 500ms/step - loss: 0.7000 - acc: 0.6000 - val_loss: 0.7500 - val_acc: 0.6500
                        """)
                .runs().getFirst();
        assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(7, 8);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.8, 0.75);
    }

    @Test
    void numbersThatBeginAgainAreANewFit() {
        var truth = Truth.random(3);
        var log = read(KerasPrinter.print(KerasPrinter.TF_2, truth, false, "") + "some words\n"
                + KerasPrinter.print(KerasPrinter.TF_2, Truth.random(4, 7, "loss", "val_loss"), false, ""));
        assertThat(log.runs()).hasSize(2);
        assertThat(log.longestFirst().getFirst().index()).isEqualTo(2);
        truth.matches(log.runs().getFirst());
    }

    @Test
    void fitsOfOneEpochGoOnWhereTheLossWas() {
        var going = new StringBuilder();
        double[] losses = {2.3, 1.5, 1.2, 1.25, 0.9, 0.8};
        for (double loss : losses) {
            going.append("outer loop\nEpoch 1/1\n100/100 [==============================] - 5s - loss: ")
                    .append(KerasPrinter.number(loss)).append('\n');
        }
        assertThat(read(going.toString()).runs()).singleElement()
                .satisfies(run -> assertThat(run.series(Metric.LOSS).values()).containsExactly(losses));
        var folds = new StringBuilder();
        for (double loss : new double[]{1.0, 1.4, 1.9, 2.5}) {
            folds.append("Epoch 1/1\n100/100 [==============================] - 5s - loss: ")
                    .append(KerasPrinter.number(loss)).append('\n');
        }
        assertThat(read(folds.toString()).runs()).hasSizeGreaterThan(1);
    }

    @Test
    void validationBarOfTensorFlow113() {
        var run = read(
                """
                        Epoch 1/2
                        10/10 [==============================] - 1s 96ms/step - loss: 0.5000 - acc: 0.7000
                        60/60 [==============================] - 20s 329ms/step - loss: 0.6000 - acc: 0.6500 - val_loss: 0.5000 - val_acc: 0.7000
                        Epoch 2/2
                        59/60 [============================>.] - ETA: 0s - loss: 0.4000 - acc: 0.8000
                        10/10 [==============================] - 1s 96ms/step - loss: 0.4500 - acc: 0.7500
                        60/60 [==============================] - 20s 329ms/step - loss: 0.3900 - acc: 0.8100 - val_loss: 0.4500 - val_acc: 0.7500
                        """)
                .runs().getFirst();
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.6, 0.39);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.5, 0.45);
        assertThat(run.data().validationBatches()).hasValue(10);
        assertThat(run.epochs().getFirst().progress().orElseThrow().target()).hasValue(60);
    }

    @Test
    void linesThatLostTheirLineEnds() {
        var truth = Truth.random(5);
        var text = KerasPrinter.print(KerasPrinter.KERAS_2_GENERATOR, truth, false, "").replace("\nFound", " Found");
        truth.matches(read(text.replace("\n", "")));
        truth.matches(read(text.replace("\n", " ")));
    }

    @Test
    void linesWrappedAtTheEdge() {
        var truth = Truth.random(6);
        for (int width : new int[]{60, 72, 79, 90, 100}) {
            var wrapped = new StringBuilder();
            for (var line : KerasPrinter.print(KerasPrinter.TF_2, truth, false, "").split("\n")) {
                var rest = line;
                while (rest.length() > width) {
                    int cut = rest.lastIndexOf(' ', width);
                    wrapped.append(rest, 0, cut).append('\n');
                    rest = rest.substring(cut + 1);
                }
                wrapped.append(rest).append('\n');
            }
            truth.matches(read(wrapped.toString()));
        }
    }

    @Test
    void messagesOfOldCallbacks() {
        var run = read(
                """
                        Epoch 9/60
                        910/910 [==============================] - 527s 579ms/step - loss: 0.1996 - acc: 0.9213 - val_loss: 0.0339 - val_acc: 0.9850

                        Epoch 00009: val_loss improved from 0.05408 to 0.03390, saving model to weights/best-{epoch}.h5
                        Epoch 10/60
                        910/910 [==============================] - 527s 579ms/step - loss: 0.1896 - acc: 0.9258 - val_loss: 0.5710 - val_acc: 0.8033

                        Epoch 00010: val_loss did not improve from 0.03390

                        Epoch 00010: ReduceLROnPlateau reducing learning rate to 1.4999999621068127e-05.
                        Epoch 00010: early stopping
                        """)
                .runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(2);
        var checkpoints = run.events(Event.Checkpoint.class);
        assertThat(checkpoints.getFirst().best()).hasValue(0.05408);
        assertThat(checkpoints.getFirst().value()).hasValue(0.0339);
        assertThat(checkpoints.getFirst().path()).contains("weights/best-{epoch}.h5");
        assertThat(checkpoints.getLast().saved()).isFalse();
        assertThat(run.events(Event.LearningRate.class)).singleElement().satisfies(cut -> {
            assertThat(cut.rate()).isEqualTo(1.4999999621068127e-05);
            assertThat(cut.onPlateau()).isTrue();
            assertThat(cut.epoch()).hasValue(10);
        });
        assertThat(run.events(Event.EarlyStopping.class)).hasSize(1);
    }

    @Test
    void messagesThatCountFromZeroBelongToTheEpochUnderWay() {
        var run = read(
                """
                        Epoch 21/50
                        206/207 [============================>.] - ETA: 0s - loss: 1.0003 - acc: 0.6388Epoch 00020: val_acc did not improve
                        207/207 [==============================] - 29s - loss: 0.9997 - acc: 0.6390 - val_loss: 4.0237 - val_acc: 0.1108
                        """)
                .runs().getFirst();
        assertThat(run.events(Event.Checkpoint.class)).singleElement()
                .satisfies(event -> assertThat(event.epoch()).hasValue(21));
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.639);
    }

    @Test
    void numbersOfEveryKind() {
        var epoch = read(
                """
                        Epoch 1/1
                        10/10 [==============================] - 5s 1ms/step - loss: 8159520618.2209 - acc: 5.0000e-04 - mse: nan - mae: inf - kl: -inf - auc: 0.0000e+00
                        """)
                .runs().getFirst().epochs().getFirst();
        assertThat(epoch.reading(Metric.LOSS).orElseThrow().value()).isEqualTo(8159520618.2209);
        assertThat(epoch.reading(Metric.LOSS).orElseThrow().full()).isFalse();
        assertThat(epoch.reading(Metric.ACCURACY).orElseThrow().half()).isEqualTo(0.5e-8);
        assertThat(epoch.reading(new Metric(Role.TRAINING, "mse")).orElseThrow().value()).isNaN();
        assertThat(epoch.reading(new Metric(Role.TRAINING, "mae")).orElseThrow().value()).isInfinite();
        assertThat(epoch.reading(new Metric(Role.TRAINING, "auc")).orElseThrow().value()).isZero();
    }

    @Test
    void markdownTookTheDashForABullet() {
        var run = read("""
                Epoch 12/100
                4s - loss: 0.1026 - acc: 0.9667 - val_loss: 0.1384 - val_acc: 0.9733
                Epoch 13/100
                3s - loss: 0.1006 - acc: 0.9767 - val_loss: 0.1284 - val_acc: 0.9633
                """).runs().getFirst();
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.9733, 0.9633);
    }

    @Test
    void headersThatLostTheirLineEnd() {
        var run = read("""
                Epoch 3/6  accuracy: 0.2510 - loss: 1.3901 - val_accuracy: 0.2500 - val_loss: 1.3899
                Epoch 4/6  accuracy: 0.2490 - loss: 1.3885 - val_accuracy: 0.2500 - val_loss: 1.3877
                """).runs().getFirst();
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.251, 0.249);
        assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(3, 4);
    }

    @Test
    void aTextProcessorMadeDashesOfHyphens() {
        var run = read(
                """
                        Train on 150 samples, validate on 50 samples
                        Epoch 1/20
                        150/150 [==============================] \u2014 9s 60ms/sample \u2014 loss: 1.31 \u2014 accuracy: 0.33 \u2014 val_loss: 1.9 \u2014 val_accuracy: 0.0000e+00
                        Epoch 2/20
                        150/150 [==============================] \u2013 8s 53ms/sample \u2013 loss: 1.24 \u2013 accuracy: 0.38 \u2013 val_loss: 2.2 \u2013 val_accuracy: 0.0200
                        """)
                .runs().getFirst();
        assertThat(run.series(Metric.LOSS).values()).containsExactly(1.31, 1.24);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0, 0.02);
    }

    @Test
    void countsInAScriptsOwnWords() {
        var run = read("""
                Training on 900 images and labels
                Validation on 100 images and labels
                Epoch 1/1
                9/9 [==============================] - 1s 60ms/step - loss: 1.31 - val_loss: 1.9
                """).runs().getFirst();
        assertThat(run.data().trainingImages()).hasValue(900);
        assertThat(run.data().validationImages()).hasValue(100);
    }

    @Test
    void barsThatBecameOtherCharacters() {
        for (var bar : new String[]{"â”â”â”â”â”â”â”â”", "????????????????????", ""}) {
            var run = read("Epoch 1/2\n469/469 " + bar
                    + " 3s 6ms/step - accuracy: 0.8996 - loss: 0.3522 - val_accuracy: 0.9500 - val_loss: 0.1600\n"
                    + "Epoch 2/2\n469/469 " + bar
                    + " 3s 6ms/step - accuracy: 0.9496 - loss: 0.2522 - val_accuracy: 0.9600 - val_loss: 0.1500\n")
                    .runs().getFirst();
            assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.16, 0.15);
        }
    }

    @Test
    void originalNamesAreKept() {
        var run = read(
                """
                        Epoch 1/1
                        500/500 - 2s - loss: 1.2 - sparse_categorical_accuracy: 0.5 - binary_accuracy: 0.6 - val_loss: 0.9 - val_sparse_categorical_accuracy: 0.7
                        """)
                .runs().getFirst();
        assertThat(run.printedAs(Metric.ACCURACY)).isEqualTo("sparse_categorical_accuracy");
        assertThat(run.metrics()).contains(new Metric(Role.TRAINING, "binary_accuracy"));
    }

    @Test
    void theRateThatAScriptSaysInFront() {
        var runs = read("""
                Iteration: 2 with learning rate: 0.01
                Epoch 1/1
                135/135 [==============================] - 0s - loss: 1.0988 - acc: 0.3481
                Iteration: 3 with learning rate: 1
                Epoch 1/1
                135/135 [==============================] - 0s - loss: 8.3303 - acc: 0.3333
                """).runs();
        assertThat(runs).extracting(run -> run.epochs().getFirst().learningRate().orElseThrow().value())
                .containsExactly(0.01, 1.0);
        assertThat(SaidRate.of("learning rates: [0.1, 0.01]")).isEmpty();
        assertThat(SaidRate.of("colr: 3")).isEmpty();
        assertThat(SaidRate.of("{'lr': 0.001, 'batch': 32}").orElseThrow().value()).isEqualTo(0.001);
    }
}
