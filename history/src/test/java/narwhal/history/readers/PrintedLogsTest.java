package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import narwhal.history.log.DataFacts;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Role;
import narwhal.history.log.Run;
import narwhal.history.log.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines that people's own loops print. `{e}` epoch, `{n}` epochs, `{l}` training loss, `{a}` accuracy, `{vl}` and `{va}` validation, `{p}` and
/// `{vp}` the accuracies in per cent.
class PrintedLogsTest {
    static final List<String> STYLES = List.of(
            "Epoch {e}/{n}: train_loss={l}, train_acc={a}, val_loss={vl}, val_acc={va}",
            "Epoch: {e:03} | Train Loss: {l} | Train Acc: {p}% | Val. Loss: {vl} | Val. Acc: {vp}%",
            "Epoch [{e}/{n}] Train Loss: {l}, Train Accuracy: {p}%, Val Loss: {vl}, Val Accuracy: {vp}%",
            "[Epoch {e}] train loss {l} acc {a} ; valid loss {vl} acc {va}",
            "epoch={e} train_loss={l} valid_loss={vl} train_acc={a} valid_acc={va}",
            "Ep {e}: loss {l} acc {a} val_loss {vl} val_acc {va}",
            "*** Epoch {e} *** Training Loss = {l} ; Training Accuracy = {a} ==> Validation Loss = {vl} ; Validation Accuracy = {va}",
            "Epoch {e}\n----------\ntrain Loss: {l} Acc: {a}\nval Loss: {vl} Acc: {va}\n",
            "Epoch {e}/{n}\nTraining loss: {l}\nTraining accuracy: {a}\nValidation loss: {vl}\nValidation accuracy: {va}",
            "Epoch {e} of {n}\nTRAIN: loss {l}, accuracy {a}\nVALID: loss {vl}, accuracy {va}",
            "{'epoch': {e}, 'train_loss': {l}, 'train_acc': {a}, 'val_loss': {vl}, 'val_acc': {va}}",
            "Epoch {e:03}: Train Loss: tensor({l}, device='cuda:0'), Train Acc: {a}, Val Loss: tensor({vl}, device='cuda:0'), Val Acc: {va}",
            "Epoch: {e} Loss/train: {l} Loss/val: {vl} Acc/train: {a} Acc/val: {va}",
            "Epoch {e}\ttrainLoss: {l}\ttrainAcc: {a}\tvalLoss: {vl}\tvalAcc: {va}",
            "INFO:root:Epoch[{e}] Train-accuracy={a}\nINFO:root:Epoch[{e}] Train-loss={l}\nINFO:root:Epoch[{e}] Time cost=12.3\n"
                    + "INFO:root:Epoch[{e}] Validation-accuracy={va}\nINFO:root:Epoch[{e}] Validation-loss={vl}",
            "===> Epoch {e} Complete: Avg. Loss: {l}, Avg. Acc: {a}\n===> Validation Avg. Loss: {vl}, Avg. Acc: {va}",
            "Training Results - Epoch: {e}  Avg accuracy: {a} Avg loss: {l}\nValidation Results - Epoch: {e}  Avg accuracy: {va} Avg loss: {vl}",
            "train loss: {l}, train acc: {a}, val loss: {vl}, val acc: {va}",
            "{e}: train loss = {l}, train acc = {a}, val loss = {vl}, val acc = {va}",
            "[{e}/{n}] loss: {l} acc: {a} val_loss: {vl} val_acc: {va}",
            "Epoch {e} - avg_train_loss: {l}  avg_val_loss: {vl}  avg_train_acc: {a}  avg_val_acc: {va}  time: 33s",
            "| Epoch {e:03} | train loss {l} | train acc {a} | val loss {vl} | val acc {va} | lr 0.001 | 12.3 s |");

    static String print(String style, Truth truth) {
        var out = new StringBuilder();
        for (int e = 0; e < truth.epochs().size(); e++) {
            var line = style.replace("{e:03}", String.format(Locale.ROOT, "%03d", e + 1))
                    .replace("{e}", Integer.toString(e + 1))
                    .replace("{n}", Integer.toString(truth.epochs().size()))
                    .replace("{p}", number(100 * value(truth, "acc", e)))
                    .replace("{vp}", number(100 * value(truth, "val_acc", e)))
                    .replace("{l}", number(value(truth, "loss", e)))
                    .replace("{a}", number(value(truth, "acc", e))).replace("{vl}", number(value(truth, "val_loss", e)))
                    .replace("{va}", number(value(truth, "val_acc", e)));
            out.append(line).append('\n');
        }
        return out.toString();
    }

    private static double value(Truth truth, String name, int e) {
        var series = truth.values().get(name);
        return series == null ? 0 : series[e];
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    static TrainingLog read(String text) {
        return Logs.read(text.getBytes(StandardCharsets.UTF_8), "test");
    }

    static Run run(String text) {
        var log = read(text);
        assertThat(log.runs()).hasSize(1);
        return log.runs().getFirst();
    }

    private static final Metric TEST_LOSS = new Metric(Role.TEST, "loss");
    private static final Metric TEST_ACCURACY = new Metric(Role.TEST, "accuracy");

    @ParameterizedTest
    @FieldSource("STYLES")
    void styles(String style) {
        var truth = Truth.random(13, 6, "loss", "acc", "val_loss", "val_acc");
        var log = read(print(style, truth));
        truth.matches(log);
        assertThat(log.format().kind()).isEqualTo(Kind.PRINTED);
        assertThat(log.runs().getFirst().has(Role.TEST)).isFalse();
    }

    @Test
    void pyTorchExampleOfMnist() {
        var run = run("""
                Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039
                Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.213470

                Test set: Average loss: 0.2034, Accuracy: 9412/10000 (94%)

                Train Epoch: 2 [0/60000 (0%)]\tLoss: 0.300039
                Train Epoch: 2 [640/60000 (1%)]\tLoss: 0.213470

                Test set: Average loss: 0.1034, Accuracy: 9612/10000 (96%)
                """);
        assertThat(run.series(TEST_ACCURACY).values()).containsExactly(0.9412, 0.9612);
        assertThat(run.series(TEST_ACCURACY).points().getFirst().reading().full()).isTrue();
        assertThat(run.evaluation("loss").metric().role()).isEqualTo(Role.TEST);
        assertThat(run.evaluation("loss").values()).containsExactly(0.2034, 0.1034);
        assertThat(run.series(Metric.LOSS).isEmpty()).isTrue();
        assertThat(run.epochs().getFirst().steps()).hasSize(2);
        assertThat(run.epochs().getFirst().steps().getLast().step()).isEqualTo(640);
        assertThat(run.epochs().getFirst().progress().orElseThrow().unit()).isEqualTo(Unit.SAMPLES);
        assertThat(run.data().testImages()).hasValue(10000);
    }

    @Test
    void pyTorchExampleOfImageNet() {
        var run = run(
                """
                        Epoch: [0][  0/391]\tTime  5.340 ( 5.340)\tData  2.100 ( 2.100)\tLoss 7.0093e+00 (7.0093e+00)\tAcc@1   0.00 (  0.00)\tAcc@5   0.78 (  0.78)
                        Epoch: [0][390/391]\tTime  0.340 ( 0.340)\tData  0.100 ( 0.100)\tLoss 5.0093e+00 (6.0093e+00)\tAcc@1   3.00 (  2.00)\tAcc@5   9.78 (  8.78)
                        Test: [ 0/79]\tTime  2.340 ( 2.340)\tLoss 4.5093e+00 (4.5093e+00)\tAcc@1   8.00 (  8.00)\tAcc@5   20.78 ( 20.78)
                         * Acc@1 9.120 Acc@5 22.500
                        Epoch: [1][  0/391]\tTime  5.340 ( 5.340)\tData  2.100 ( 2.100)\tLoss 4.0093e+00 (4.0093e+00)\tAcc@1   10.00 (  10.00)\tAcc@5   30.78 (  30.78)
                         * Acc@1 19.120 Acc@5 42.500
                        """);
        assertThat(run.series(TEST_ACCURACY).values()).containsExactly(0.0912, 0.1912);
        assertThat(run.series(TEST_ACCURACY).epochs()).containsExactly(1, 2);
        assertThat(run.epochs().getFirst().steps()).hasSize(3);
        assertThat(run.epochs().getFirst().steps().get(1).metrics().get(Metric.LOSS).value()).isEqualTo(6.0093);
    }

    @Test
    void batchLinesAreStepsAndNeverEpochValues() {
        var run = run("""
                Epoch: 001/010 | Batch 0000/0469 | Cost: 2.3055
                Epoch: 001/010 | Batch 0450/0469 | Cost: 0.0623
                Epoch: 001/010 | Train: 96.658%
                Epoch: 002/010 | Batch 0000/0469 | Cost: 0.0659
                Epoch: 002/010 | Batch 0450/0469 | Cost: 0.0023
                Epoch: 002/010 | Train: 98.223%
                """);
        assertThat(run.series(Metric.LOSS).isEmpty()).isTrue();
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.96658, 0.98223);
        assertThat(run.series(Metric.ACCURACY).halves()).containsExactly(5e-6, 5e-6);
        assertThat(run.announced()).hasValue(10);
        assertThat(run.epochs().getFirst().progress().orElseThrow().target()).hasValue(469);
    }

    @Test
    void tutorialOfCifar() {
        var run = run("""
                [1,  2000] loss: 2.170
                [1, 12000] loss: 1.456
                [2,  2000] loss: 1.390
                [2, 12000] loss: 1.266
                Finished Training
                Accuracy of the network on the 10000 test images: 55 %
                """);
        assertThat(run.epochs()).hasSize(2);
        assertThat(run.epochs().getLast().steps()).hasSize(2);
        assertThat(run.closing().get(TEST_ACCURACY).value()).isEqualTo(0.55);
        assertThat(run.closing().get(TEST_ACCURACY).half()).isEqualTo(0.005);
        var counted = run("[1,  2000] loss: 2.170\n[2,  2000] loss: 1.390\n"
                + "Accuracy of the network on the 4000.0 test images: 10 %\n");
        assertThat(counted.closing().get(TEST_ACCURACY).value()).isEqualTo(0.1);
    }

    @Test
    void fastaiAndHuggingFaceTables() {
        var run = run("""
                epoch     train_loss  valid_loss  accuracy  time
                0         0.512345    0.312000    0.900000  00:12
                1         0.412345    0.282000    0.910000  00:12
                """);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.9, 0.91);
        assertThat(run.series(Metric.VAL_ACCURACY).epochs()).containsExactly(1, 2);
        var trainer = run(
                "Epoch\tTraining Loss\tValidation Loss\tAccuracy\n1\tNo log\t0.39\t0.85\n2\t0.4123\t0.35\t0.87\n");
        assertThat(trainer.series(Metric.LOSS).values()).containsExactly(0.4123);
        assertThat(trainer.series(Metric.VAL_ACCURACY).values()).containsExactly(0.85, 0.87);
        var markdown = run(
                "| epoch | train_loss | val_loss | val_acc |\n|---|---|---|---|\n| 1 | 0.5 | 0.6 | 70.1% |\n| 2 | 0.4 | 0.5 | 75.2% |\n");
        assertThat(markdown.series(Metric.VAL_ACCURACY).values()).containsExactly(0.701, 0.752);
        var older = run("""
                Total time: 01:07
                epoch  train_loss  valid_loss  error_rate
                1      1.349000    1.062000    0.609000    (00:13)
                2      1.373000    1.045000    0.546000    (00:13)
                """);
        assertThat(older.series(Metric.LOSS).values()).containsExactly(1.349, 1.373);
        assertThat(older.series(Metric.VAL_LOSS).values()).containsExactly(1.062, 1.045);
        var yolo = run(
                """
                                       epoch,      train/cls_loss,   metrics/precision,     metrics/mAP_0.5,metrics/mAP_0.5:0.95,        val/cls_loss
                                           0,            0.061684,           0.0090008,           0.0075866,           0.0014705,             0.10086
                                           1,            0.051633,             0.53281,             0.10774,            0.033295,            0.090195
                        """);
        assertThat(yolo.epochs()).hasSize(2);
        assertThat(yolo.series(new Metric(Role.VALIDATION, "cls_loss")).values()).containsExactly(0.10086, 0.090195);
        var minai = run(
                "accuracy | loss | epoch | train | time\n-- | -- | -- | -- | --\n0.817 | 0.722 | 0 | True | 00:21\n0.850 | 0.547 | 0 | False | 00:01\n");
        assertThat(minai.series(Metric.LOSS).values()).containsExactly(0.722);
        assertThat(minai.series(Metric.VAL_LOSS).values()).containsExactly(0.547);
    }

    @Test
    void skorchMarksSomeRowsOnly() {
        var run = run("""
                  epoch    train_loss    valid_acc    valid_loss    cp     dur
                -------  ------------  -----------  ------------  ----  ------
                      1        0.6123       0.7012        0.5321     +  1.5012
                      2        0.5012       0.7155        0.5210        1.4903
                      3        0.4201       0.7302        0.5104     +  1.4950
                """);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.5321, 0.5210, 0.5104);
        assertThat(run.epochs().get(1).seconds()).hasValue(1.4903);
    }

    @Test
    void aFileOfBatchesAlone() {
        var text = new StringBuilder("epoch,accuracy,step,loss\n");
        for (int step = 0; step < 40; step++)
            text.append("%d,0.%d,%d,%s%n".formatted(step / 10, 50 + step, 50 * step, 2.0 - 0.04 * step));
        assertThat(run(text.toString()).epochs()).hasSize(4).allMatch(epoch -> epoch.steps().size() >= 9);
    }

    @Test
    void theBestEpochIsAValueOfTheLine() {
        var run = run("""
                Epoch 1/40 | Train Loss: 2.2104 | Val Loss: 2.2050 | Train Acc: 0.1200 | Best Epoch: 0
                Epoch 6/40 | Train Loss: 2.1311 | Val Loss: 2.1402 | Train Acc: 0.1900 | Best Epoch: 5
                Epoch 11/40 | Train Loss: 2.0620 | Val Loss: 2.0755 | Train Acc: 0.2400 | Best Epoch: 10
                """);
        assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(1, 6, 11);
    }

    @Test
    void rolesByTheirInitials() {
        var run = run("""
                E:    1, TrL: 0.912345, TrAcc: 0.612500, VL: 3.512345, VAcc: 0.520000 --- Updating saved model
                E:    2, TrL: 0.701234, TrAcc: 0.652500, VL: 1.234567, VAcc: 0.610000
                """);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.912345, 0.701234);
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.6125, 0.6525);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(3.512345, 1.234567);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.52, 0.61);
    }

    @Test
    void theLossUnderOtherNames() {
        var error = run("""
                Epoch    0 MSE train loss    29603.037   test loss    26998.922
                Epoch  800 MSE train loss     2133.840   test loss     3174.325
                """);
        assertThat(error.series(Metric.LOSS).values()).containsExactly(29603.037, 2133.84);
        assertThat(error.evaluation("loss").values()).containsExactly(26998.922, 3174.325);
        var rmse = run("epoch 1 train_rmse 2.5 valid_rmse 2.7\nepoch 2 train_rmse 1.5 valid_rmse 1.9\n");
        assertThat(rmse.series(Metric.LOSS).values()).containsExactly(2.5, 1.5);
        assertThat(rmse.series(Metric.VAL_LOSS).values()).containsExactly(2.7, 1.9);
        var glued = run(
                "epoch: 1 softloss: 2.30139 trn accuracy: 0.0888\nepoch: 2 softloss: 2.30134 trn accuracy: 0.0969\n");
        assertThat(glued.series(Metric.LOSS).values()).containsExactly(2.30139, 2.30134);
        var evaluated = run(
                "epoch 1 train_loss 2.5 train_eval_accuracy 0.4 val_accuracy 0.3\nepoch 2 train_loss 1.5 train_eval_accuracy 0.5 val_accuracy 0.35\n");
        assertThat(evaluated.series(Metric.VAL_ACCURACY).values()).containsExactly(0.3, 0.35);
        var parts = run("epoch 1 d_loss 0.5 g_loss 2.7\nepoch 2 d_loss 0.4 g_loss 2.9\n");
        assertThat(parts.series(Metric.LOSS).values()).isEmpty();
        var terse = run(
                "1/25  tr_loss=2.27  va_loss=2.22  va_acc=0.16\n2/25  tr_loss=2.19  va_loss=2.15  va_acc=0.25\n");
        assertThat(terse.series(Metric.VAL_ACCURACY).values()).containsExactly(0.16, 0.25);
    }

    @Test
    void costAfterIteration() {
        var run = run("""
                Cost after iteration 0: 0.693147
                Cost after iteration 100: 0.584508
                train accuracy: 99.04 %
                test accuracy: 70.0 %
                """);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.693147, 0.584508);
        assertThat(run.series(Metric.LOSS).epochs()).containsExactly(1, 101);
        assertThat(run("Cost after epoch 0: 1.85\nCost after epoch 100: 1.01\n").series(Metric.LOSS).values())
                .containsExactly(1.85, 1.01);
    }

    /// Lightning logs the loss of a batch every few steps; the epoch has no value of its own.
    @Test
    void stepsOfLightning() {
        var run = run(
                "epoch,step,train_loss,val_accuracy,val_loss\n0,49,0.6349,,\n0,99,0.1959,,\n0,117,,0.9612,0.1211\n"
                        + "1,149,0.3166,,\n1,199,0.0867,,\n1,235,,0.9734,0.0871\n");
        assertThat(run.series(Metric.LOSS).size()).isZero();
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.1211, 0.0871);
    }

    @Test
    void aMetricThatHasNoName() {
        var run = run("Epoch 1/2, train loss: 0.5649, train metric: 0.7956, valid metric: 0.8514\n"
                + "Epoch 2/2, train loss: 0.4016, train metric: 0.8521, valid metric: 0.8456\n");
        assertThat(run.series(new Metric(Role.VALIDATION, "metric")).values()).containsExactly(0.8514, 0.8456);
    }

    @Test
    void dictionariesOfTheTrainer() {
        var run = run("""
                {'loss': 0.5123, 'learning_rate': 4.5e-05, 'epoch': 0.5}
                {'loss': 0.4123, 'learning_rate': 4e-05, 'epoch': 1.0}
                {'eval_loss': 0.39, 'eval_accuracy': 0.85, 'eval_runtime': 3.2, 'epoch': 1.0}
                {'loss': 0.3123, 'learning_rate': 3.5e-05, 'epoch': 1.5}
                {'loss': 0.2923, 'learning_rate': 3e-05, 'epoch': 2.0}
                {'eval_loss': 0.35, 'eval_accuracy': 0.87, 'eval_runtime': 3.2, 'epoch': 2.0}
                {'train_runtime': 100.1, 'train_loss': 0.3512, 'epoch': 2.0}
                """);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.4123, 0.2923);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.39, 0.35);
        assertThat(run.epochs().getFirst().learningRate().orElseThrow().value()).isEqualTo(4e-5);
        assertThat(run.epochs().getFirst().steps()).hasSize(1);
    }

    @Test
    void barsOfTqdm() {
        var text = """
                Epoch 1/2:   0%|          | 0/469 [00:00<?, ?it/s]
                Epoch 1/2:  50%|█████     | 235/469 [00:06<00:06, 38.2it/s, loss=0.523, acc=0.81]
                Epoch 1/2: 100%|██████████| 469/469 [00:12<00:00, 38.2it/s, loss=0.323, acc=0.91]
                Validation: 100%|██████████| 79/79 [00:01<00:00, 60.2it/s, loss=0.223, acc=0.93]
                Epoch 2/2: 100%|██████████| 469/469 [00:12<00:00, 38.2it/s, loss=0.223, acc=0.93]
                Validation: 100%|██████████| 79/79 [00:01<00:00, 60.2it/s, loss=0.203, acc=0.94]
                """;
        for (var end : new String[]{"\n", "\r"}) {
            var run = run(text.replace("\n", end));
            assertThat(run.series(Metric.LOSS).values()).containsExactly(0.323, 0.223);
            assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.223, 0.203);
            assertThat(run.epochs().getFirst().progress().orElseThrow().target()).hasValue(469);
        }
    }

    @Test
    void barsOfAnImageClassifier() {
        var run = run("""
                Epoch: 0
                 [====>...............]  Step: 60ms | Tot: 1s2ms | Loss: 2.234 | Acc: 15.123% (27/128) 10/391 \r\
                 [===================>]  Step: 60ms | Tot: 12s345ms | Loss: 1.234 | Acc: 55.122% (27561/50000) 391/391\s
                 [===================>]  Step: 30ms | Tot: 2s345ms | Loss: 1.034 | Acc: 62.340% (6234/10000) 100/100\s
                Saving..
                """);
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.55122);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.6234);
        assertThat(run.events(Event.Checkpoint.class)).hasSize(1);
    }

    @Test
    void lightningInNotebooks() {
        var run = run("""
                Epoch 0:  97% 1651/1702 [13:00<00:24,  2.11it/s, loss=0.158, v_num=0]
                Epoch 0: 100% 1702/1702 [13:02<00:00,  2.12it/s, loss=0.148, v_num=0, val_loss=0.2, val_acc=0.9]
                Epoch 1: 100% 1702/1702 [13:02<00:00,  2.12it/s, loss=0.128, v_num=0, val_loss=0.19, val_acc=0.91]
                """);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.148, 0.128);
        assertThat(run.series(Metric.VAL_ACCURACY).epochs()).containsExactly(1, 2);
        assertThat(run.metrics()).noneMatch(metric -> metric.name().contains("num"));
    }

    @Test
    void checkpointMessagesOfTorchLoops() {
        var run = run("""
                Epoch: 1 \tTraining Loss: 0.956731 \tValidation Loss: 0.345678
                Validation loss decreased (inf --> 0.345678).  Saving model ...
                Epoch: 2 \tTraining Loss: 0.356731 \tValidation Loss: 0.445678
                EarlyStopping counter: 1 out of 7
                Epoch 00002: reducing learning rate of group 0 to 1.0000e-04.
                """);
        assertThat(run.completeEpochs()).hasSize(2);
        assertThat(run.events(Event.Checkpoint.class)).singleElement()
                .satisfies(event -> assertThat(event.value()).hasValue(0.345678));
        assertThat(run.events(Event.LearningRate.class)).singleElement()
                .satisfies(event -> assertThat(event.rate()).isEqualTo(1e-4));
        assertThat(run.events(Event.EarlyStopping.class)).isEmpty();
    }

    @Test
    void percentagesWithoutSign() {
        var run = run("Epoch 1 loss 2.1 acc 11.3\nEpoch 2 loss 1.9 acc 45.25\nEpoch 3 loss 1.7 acc 88.0\n");
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.113, 0.4525, 0.88);
        assertThat(run("Epoch 1 loss 2.1 acc 0.1\nEpoch 2 loss 1.9 acc 1.0\n").series(Metric.ACCURACY).values())
                .containsExactly(0.1, 1.0);
    }

    @Test
    void digitsThatPythonLeftOut() {
        var series = run("Epoch 1 loss 2.1 acc 0.9\nEpoch 2 loss 1.9 acc 0.9123\nEpoch 3 loss 1.7 acc 0.95\n")
                .series(Metric.ACCURACY);
        assertThat(series.halves()).containsExactly(5e-5, 5e-5, 5e-5);
        var full = run("Epoch 1 loss 0.6931471824645996\nEpoch 2 loss 0.5\nEpoch 3 loss 0.4912345679\n")
                .series(Metric.LOSS);
        assertThat(full.points()).allMatch(point -> point.reading().full());
    }

    @Test
    void finalValuesWithoutEpochs() {
        var run = run("train_loss: 0.0123 train_acc: 0.9950\nval_loss: 1.2345\nval_acc: 0.6543\n");
        assertThat(run.finalOnly()).isTrue();
        assertThat(run.completeEpochs()).hasSize(1);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(1.2345);
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.995);
    }

    @Test
    void stepsWithoutAnyEpoch() {
        var run = run(
                "step: 0 loss: 0.6773 accuracy: 0.61\nstep: 1 loss: 2.4587 accuracy: 0.66\nstep: 2 loss: 0.6931 accuracy: 0.65\n");
        assertThat(run.completeEpochs()).isEmpty();
        assertThat(run.epochs()).singleElement().satisfies(epoch -> assertThat(epoch.steps()).hasSize(3));
    }

    @Test
    void tensorsWithoutAName() {
        var run = run("tensor(0.2481, grad_fn=<MseLossBackward0>)\ntensor(0.2557, grad_fn=<MseLossBackward0>)\n"
                + "tensor(0.2620, grad_fn=<MseLossBackward0>)\n");
        assertThat(run.series(Metric.LOSS).points()).extracting(p -> p.reading().value())
                .containsExactly(0.2481, 0.2557, 0.2620);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Época 1/3 - pérdida: 0.51 - exactitud: 0.75\nÉpoca 2/3 - pérdida: 0.42 - exactitud: 0.81\n",
        "Эпоха 1, потери: 0.51, точность: 0.75\nЭпоха 2, потери: 0.42, точность: 0.81\n",
        "Epoche 1: Verlust 0.51 Genauigkeit 0.75\nEpoche 2: Verlust 0.42 Genauigkeit 0.81\n"})
    void otherLanguages(String text) {
        var run = run(text);
        assertThat(run.completeEpochs()).hasSize(2);
        assertThat(run.series(Metric.LOSS).points().getLast().reading().value()).isEqualTo(0.42);
        assertThat(run.series(Metric.ACCURACY).points().getLast().reading().value()).isEqualTo(0.81);
    }

    @Test
    void validationOfEverySecondEpoch() {
        var run = run("""
                Epoch 1 train loss 0.9
                Epoch 2 train loss 0.8 val loss 0.85
                Epoch 3 train loss 0.7
                Epoch 4 train loss 0.6 val loss 0.75
                """);
        assertThat(run.validationEvery()).hasValue(2);
    }

    @Test
    void sizesOfTheSets() {
        DataFacts data = run(
                "Train size: 45000\nNumber of validation images: 5000\nEpoch 1 loss 0.5\nEpoch 2 loss 0.4\n").data();
        assertThat(data.trainingImages()).hasValue(45000);
        assertThat(data.validationImages()).hasValue(5000);
        assertThat(run("x_train shape: (60000, 28, 28, 1)\n60000 train samples\n10000 test samples\nEpoch 1 loss 0.5\n")
                .data().testImages()).hasValue(10000);
    }

    @Test
    void severalRuns() {
        var log = read(
                "Fold 1\nEpoch 1 loss 0.9\nEpoch 2 loss 0.8\nFold 2\nEpoch 1 loss 0.95\nEpoch 2 loss 0.85\nEpoch 3 loss 0.75\n");
        assertThat(log.runs()).hasSize(2);
        assertThat(log.longestFirst().getFirst().index()).isEqualTo(2);
    }

    @Test
    void windowsOfStepsStandForEpochsWhereNobodyCountsThem() {
        var text = new StringBuilder();
        for (int step = 0; step < 120; step++)
            text.append("step ").append(100 * step).append(": loss = ").append(2.0 - 0.01 * step)
                    .append(" (0.02 sec)\n");
        var log = read(text + "Testing Accuracy: 0.97\n");
        assertThat(log.format().name()).contains("windows of steps");
        var run = log.runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(20);
        assertThat(run.completeEpochs()).allSatisfy(window -> assertThat(window.steps()).hasSize(6));
        assertThat(run.completeEpochs().get(19).steps().getLast().step()).isEqualTo(11_900);
        assertThat(run.closing()).containsOnlyKeys(new Metric(Role.TEST, "accuracy"));
    }

    @Test
    void aFewStepsAreNoEpochs() {
        var run = run("step 0: loss = 2.3\nstep 100: loss = 2.2\nstep 200: loss = 2.1\n");
        assertThat(run.completeEpochs()).isEmpty();
    }

    @Test
    void behindAnEvaluationAStepIsOneOfTrainingAgain() {
        var run = run("""
                Iteration 0, loss = 3.2953
                Checking accuracy on validation set
                Got 95 / 1000 correct (9.50)
                Iteration 100, loss = 2.2953
                Checking accuracy on validation set
                Got 295 / 1000 correct (29.50)
                """);
        assertThat(run.series(Metric.LOSS).points()).hasSize(2);
        assertThat(run.series(Metric.VAL_ACCURACY).points()).hasSize(2);
        assertThat(run.series(Metric.VAL_LOSS).points()).isEmpty();
    }

    @Test
    void caffePrintsTheTestBeforeTheBatch() {
        var text = new StringBuilder();
        for (int step = 0; step < 3; step++)
            for (var line : List.of("Iteration %d00, Testing net (#0)", "    Test net output #0: accuracy = 0.7%d",
                    "    Test net output #1: loss = 0.5%d (* 1 = 0.5%1$d loss)", "Iteration %d00, loss = 0.6%1$d",
                    "    Train net output #0: accuracy = 0.8%d",
                    "    Train net output #1: loss = 0.6%d (* 1 = 0.6%1$d loss)",
                    "Iteration %d00, lr = 0.01"))
                text.append("I0305 11:20:01.000000  901 solver.cpp:337] ").append(line.formatted(step)).append('\n');
        var run = run(text.toString());
        assertThat(run.completeEpochs()).hasSize(3);
        assertThat(run.series(new Metric(Role.TEST, "accuracy")).values()).containsExactly(0.70, 0.71, 0.72);
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.80, 0.81, 0.82);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.60, 0.61, 0.62);
    }

    @Test
    void tuplesOfJulia() {
        var run = run("(:epoch, 0, :trn, 0.081, :tst, 0.077)\n(:epoch, 1, :trn, 0.805, :tst, 0.796)\n");
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.081, 0.805);
        assertThat(run.evaluation("accuracy").values()).containsExactly(0.077, 0.796);
    }

    @Test
    void aSummaryOfFinalValues() {
        var run = run("Final: train_loss: 0.0871 - train_acc: 0.9710\nFinal: val_loss: 11.2047 - val_acc: 0.0610\n");
        assertThat(run.finalOnly()).isTrue();
        assertThat(run.epochs().getFirst().metrics()).containsOnlyKeys(Metric.LOSS, Metric.ACCURACY, Metric.VAL_LOSS,
                Metric.VAL_ACCURACY);
    }

    @Test
    void aQueueThatIsClosedIsAnEndOfTheData() {
        var run = run(
                "Epoch: [7][120/400]\tTime 0.31\tLoss 2.411\nW tensorflow/core/framework/op_kernel.cc:968] Out of range:"
                        + " FIFOQueue '_1_batch' is closed and has insufficient elements (requested 64, current size 12)\n");
        assertThat(run.events(Event.InputExhausted.class)).hasSize(1);
    }

    @Test
    void metricsBeforeTheirPlace() {
        for (var line : List.of("Training loss at epoch %d is 0.%1$d1", "Loss after epoch %d: 0.%1$d1",
                "loss epoch %d: 0.%1$d1"))
            assertThat(run(lines(line)).series(Metric.LOSS).values()).as(line).containsExactly(0.11, 0.21, 0.31);
        assertThat(run(lines("accuracy epoch %d:0.%1$d1")).series(Metric.ACCURACY).values())
                .containsExactly(0.11, 0.21, 0.31);
        var steps = run(IntStream.range(1, 61).mapToObj(step -> "Loss at step " + 100 * step + " : 4." + step + "\n")
                .collect(Collectors.joining()));
        assertThat(steps.completeEpochs()).hasSize(10);
    }

    @Test
    void aLetterInFrontForValidation() {
        var run = run(lines("Epoch  %d/90: loss = 0.%1$d; v-loss = 0.5%1$d; acc = 0.7; v-acc = 0.6%1$d"));
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.51, 0.52, 0.53);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.61, 0.62, 0.63);
    }

    @Test
    void epochsThatTheirLastLineNumbersBeginAgain() {
        var one = "(Iteration 1 / 40) loss: 2.3\n(Epoch 0 / 2) train acc: 0.11; val_acc: 0.12\n(Epoch 1 / 2) train acc: 0.25; val_acc: 0.2\n"
                + "(Iteration 21 / 40) loss: 2.0\n(Epoch 2 / 2) train acc: 0.3; val_acc: 0.25\n";
        var runs = read(one + one.replace("0.25", "0.26")).runs();
        assertThat(runs).hasSize(2).allMatch(run -> run.epochs().size() == 3);
        assertThat(runs.getLast().series(Metric.ACCURACY).values()).containsExactly(0.11, 0.26, 0.3);
    }

    private static String lines(String format) {
        return IntStream.rangeClosed(1, 3).mapToObj(i -> format.formatted(i) + "\n").collect(Collectors.joining());
    }

    @Test
    void namesInBracketsAndErrorsThatAreLosses() {
        var run = run(lines("""
                INFO:root:[Tag] init, [Epoch] %d, [Training error] 2.3%1$d
                INFO:root:[Tag] init, [Epoch] %1$d, [Validation error] 2.4%1$d, [Validation accuracy] 0.10651"""));
        assertThat(run.series(Metric.LOSS).values()).containsExactly(2.31, 2.32, 2.33);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(2.41, 2.42, 2.43);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.10651, 0.10651, 0.10651);
    }

    @Test
    void aHeadlineBeforeEachRow() {
        var run = run(lines("""
                Epoch: 0%d | Epoch Time: 0m 57s
                *******train_loss,train_acc,valid_loss,valid_ac**********
                5.%1$d\t2.7\t4.%1$d\t3.6"""));
        assertThat(run.series(Metric.LOSS).values()).containsExactly(5.1, 5.2, 5.3);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.036, 0.036, 0.036);
    }

    @Test
    void theLastStepOfPaddleStandsForItsPass() {
        var run = run(lines("""
                Epoch %d/3
                step 7/7 - loss: 0.%1$d1 - acc: 0.9%1$d - 680ms/step
                Eval begin...
                step 2/2 - loss: 0.%1$d2 - acc: 0.8%1$d - 591ms/step"""));
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.11, 0.21, 0.31);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.81, 0.82, 0.83);
    }

    @Test
    void aBarThatHasNotBegunLeavesItsLineOpen() {
        var run = run(lines("  0%%|          | 0/25 [00:00<?, ?it/s]Epoch: [%d]\tLoss 0.1%1$d (0.2%1$d)"));
        assertThat(run.completeEpochs()).hasSize(3);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.21, 0.22, 0.23);
    }

    @Test
    void aTabBindsNegativeNumbersToo() {
        var run = run(lines("""
                Epoch %d of 300 took 36.576s
                  training loss:\t\t-119360%1$d.765
                  validation loss:\t\t-35840%1$d.5"""));
        assertThat(run.series(Metric.LOSS).values()).containsExactly(-1193601.765, -1193602.765, -1193603.765);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(-358401.5, -358402.5, -358403.5);
    }

    @Test
    void aCutOfTheRateIsNoEpoch() {
        var log = read("""
                [1] Train loss: 0.9, Train acc: 0.6
                [1] Validation loss: 1.0, Validation acc: 0.5
                [2] Train loss: 0.8, Train acc: 0.7
                [2] Validation loss: 0.9, Validation acc: 0.6
                At epoch 1, lr changed to 0.01
                [3] Train loss: 0.7, Train acc: 0.8
                [3] Validation loss: 0.8, Validation acc: 0.7
                """);
        assertThat(log.runs()).hasSize(1);
        assertThat(log.runs().getFirst().series(Metric.LOSS).values()).containsExactly(0.9, 0.8, 0.7);
    }

    @Test
    void aLossWithoutAName() {
        assertThat(run(lines("Epoch %d/10: 0.71%1$d259")).series(Metric.LOSS).values())
                .containsExactly(0.711259, 0.712259, 0.713259);
    }
}
