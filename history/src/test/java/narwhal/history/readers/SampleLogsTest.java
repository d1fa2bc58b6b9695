package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import narwhal.history.log.TrainingLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The public sample logs, where they lie beside the checkout.
class SampleLogsTest {
    private static final Path SHARED = Path.of("../../shared");

    @BeforeEach
    void needsTheSamples() {
        assumeTrue(Files.isDirectory(SHARED.resolve("logs")), "no sample logs beside the checkout");
    }

    private static TrainingLog log(String name) {
        return Logs.read(SHARED.resolve("logs").resolve(name));
    }

    private static Facts facts(String name) throws IOException {
        return FactsReader.read(Files.readString(SHARED.resolve("logs").resolve(name + ".facts")));
    }

    @Test
    void seed() throws IOException {
        for (var path : new Path[]{SHARED.resolve("logs/seed-orca-zigzag.log"), SHARED.resolve("seed/question.txt")}) {
            var log = Logs.read(path);
            var run = log.runs().getFirst();
            assertThat(log.format().name()).isEqualTo("keras-2 progress");
            assertThat(run.completeEpochs()).hasSize(39);
            assertThat(run.epochs().getLast().number()).isEqualTo(40);
            assertThat(run.announced()).hasValue(60);
            assertThat(run.data().trainingImages()).hasValue(29124);
            assertThat(run.data().validationImages()).hasValue(10401);
            var accuracy = run.series(Metric.VAL_ACCURACY).values();
            assertThat(Arrays.copyOf(accuracy, 5)).containsExactly(0.9548, 0.6604, 0.9558, 0.8385, 0.9745);
            assertThat(Arrays.copyOfRange(accuracy, 37, 39)).containsExactly(0.8646, 0.9861);
            assertThat(run.series(Metric.VAL_ACCURACY).halves()).containsOnly(5e-5);
        }
        var script = Logs.read(SHARED.resolve("seed/question.txt")).facts();
        assertThat(script.value(FactKey.VALIDATION_BATCH)).contains(32L);
        assertThat(script.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(script.value(FactKey.LEARNING_RATE)).contains(3e-5);
        assertThat(script.value(FactKey.OUTPUT_ACTIVATION)).contains("sigmoid");
        assertThat(script.value(FactKey.LAYERS).orElseThrow().values()).hasSize(42);
        assertThat(script.value(FactKey.REDUCE_LR).orElseThrow().patience()).hasValue(20);
        var stated = facts("seed-orca-zigzag");
        assertThat(stated.value(FactKey.TRAINING_BATCH)).contains(32L);
        assertThat(stated.value(FactKey.TRAINING_SHUFFLE)).contains(true);
        assertThat(stated.value(FactKey.VALIDATION_SHUFFLE)).contains(false);
        assertThat(stated.value(FactKey.CLASS_MODE)).contains("binary");
        assertThat(stated.value(FactKey.CHECKPOINT).orElseThrow().bestOnly()).isTrue();
    }

    @Test
    void periodOfEleven() throws IOException {
        var run = log("pod-20class-period-11.log").runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(300);
        assertThat(run.data().classes()).hasValue(20);
        var facts = facts("pod-20class-period-11");
        assertThat(facts.value(FactKey.TRAINING_IMAGES)).contains(4413L);
        assertThat(facts.value(FactKey.TEST_IMAGES)).contains(600L);
        assertThat(facts.value(FactKey.VALIDATION_BATCH)).contains(128L);
        assertThat(facts.value(FactKey.VALIDATION_STEPS)).contains(10L);
        assertThat(facts.value(FactKey.VALIDATION_BATCHES)).contains(11L);
        assertThat(facts.value(FactKey.VALIDATION_SORTED)).contains(true);
        assertThat(facts.value(FactKey.DROPOUT)).contains(0.5);
    }

    @Test
    void theOthers() throws IOException {
        assertThat(log("cats-dogs-2000-images.log").runs().getFirst().completeEpochs()).hasSize(30);
        assertThat(log("cifar10-adam.log").runs().getFirst().announced()).hasValue(200);
        assertThat(log("fashion-mnist-dense.log").format().framework()).isEqualTo(Framework.TF_KERAS);
        assertThat(log("housing-sgd-blowup.log").runs().getFirst().series(Metric.LOSS).values()[1])
                .isEqualTo(8159520618.2209);
        var torch = log("mnist-lenet5-torch.log").runs().getFirst();
        assertThat(torch.series(Metric.ACCURACY).size()).isEqualTo(10);
        assertThat(torch.has(Role.VALIDATION)).isFalse();
        assertThat(torch.epochs()).allMatch(epoch -> epoch.steps().size() == 10);
        var csv = log("mnist-ln10.csv");
        assertThat(csv.format().kind()).isEqualTo(Kind.CSV);
        assertThat(csv.runs().getFirst().series(Metric.VAL_ACCURACY).values()[1]).isEqualTo(0.11349999904632568);
        assertThat(csv.runs().getFirst().epochs()).hasSize(100)
                .allMatch(epoch -> epoch.metrics().values().stream().allMatch(reading -> reading.full()));
        var timed = log("timedistributed-batchnorm.log").runs().getFirst();
        assertThat(timed.printedAs(Metric.VAL_ACCURACY)).isEqualTo("val_sparse_categorical_accuracy");
        assertThat(facts("timedistributed-batchnorm").value(FactKey.BATCH_NORM_MOMENTUM)).contains(0.0);
        assertThat(facts("timedistributed-batchnorm").value(FactKey.BATCH_NORM)).contains(true);
        assertThat(facts("housing-sgd-blowup").value(FactKey.LAYERS).orElseThrow().values()).hasSize(3);
        assertThat(facts("fashion-mnist-dense").value(FactKey.LOSS)).contains("sparse_categorical_crossentropy");
        assertThat(facts("cifar10-adam").value(FactKey.TRAINING_AUGMENTED)).contains(true);
        assertThat(facts("cifar10-adam").get(FactKey.LEARNING_RATE).orElseThrow().byDefault()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("narwhal.history.readers.MangledLogsTest#ways")
    void mangled(String way) throws IOException {
        for (var name : new String[]{"seed-orca-zigzag.log", "cifar10-adam.log", "mnist-lenet5-torch.log",
            "mnist-ln10.csv", "timedistributed-batchnorm.log"}) {
            var bytes = Files.readAllBytes(SHARED.resolve("logs").resolve(name));
            var mangled = Logs.read(Mangler.all().get(way).apply(bytes), name);
            assertThat(metrics(mangled)).as("%s, %s", name, way).isEqualTo(metrics(Logs.read(bytes, name)));
        }
    }

    private static Object metrics(TrainingLog log) {
        return log.runs().getFirst().epochs().stream().map(LoggedEpoch::metrics).toList();
    }
}
