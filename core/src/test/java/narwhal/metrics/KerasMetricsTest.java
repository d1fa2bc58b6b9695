package narwhal.metrics;

import static narwhal.metrics.Metrics.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import narwhal.golden.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Metrics against Keras 3.15.1 (`src/test/python/metrics.py`).
class KerasMetricsTest {
    private static final ObjectNode GOLDEN = Golden.read("metrics.json");
    private static final Map<String, Metric> METRICS = new TreeMap<>();

    static {
        METRICS.put("binary accuracy", binaryAccuracy());
        METRICS.put("binary accuracy logits", binaryAccuracy().threshold(0));
        METRICS.put("binary accuracy of many", binaryAccuracy().threshold(0.3));
        METRICS.put("categorical accuracy", categoricalAccuracy());
        METRICS.put("sparse accuracy", sparseCategoricalAccuracy());
        METRICS.put("top 2", topKCategoricalAccuracy(2));
        METRICS.put("sparse top 3", sparseTopKCategoricalAccuracy(3));
        METRICS.put("auc", auc());
        METRICS.put("auc of many", auc());
        METRICS.put("auc logits", auc().fromLogits(true));
        METRICS.put("auc 10 minoring", auc().numThresholds(10).summation(Auc.Summation.MINORING));
        METRICS.put("auc majoring", auc().summation(Auc.Summation.MAJORING));
        METRICS.put("pr", auc().curve(Auc.Curve.PR));
        METRICS.put("pr minoring", auc().curve(Auc.Curve.PR).summation(Auc.Summation.MINORING));
        METRICS.put("precision", precision());
        METRICS.put("precision of many", precision().threshold(0.3));
        METRICS.put("precision of class", precision().classId(1).threshold(0.3));
        METRICS.put("recall", recall());
        METRICS.put("recall of many", recall().threshold(0.3));
        METRICS.put("recall of class", recall().classId(2).threshold(0.25));
        METRICS.put("f1 macro", f1Score());
        METRICS.put("f1 micro", f1Score().average(FBeta.Average.MICRO).threshold(0.3));
        METRICS.put("f1 weighted", f1Score().average(FBeta.Average.WEIGHTED));
        METRICS.put("f1 binary", f1Score());
        METRICS.put("f2", fBetaScore(2).threshold(0.25));
    }

    static Stream<String> cases() {
        return METRICS.keySet().stream();
    }

    @Test
    void everyGoldenIsCompared() {
        assertThat(METRICS.keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.propertyNames());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsKeras(String name) {
        var metric = Objects.requireNonNull(METRICS.get(name));
        var golden = GOLDEN.path(name);
        assertThat(metric.name()).isEqualTo(golden.path("name").asString());
        int classes = golden.path("classes").asInt();
        double[] values = Golden.doubles(golden.path("predictions"));
        var predictions = new float[values.length];
        for (int i = 0; i < values.length; i++) predictions[i] = (float) values[i];
        int[] labels = Golden.integers(golden.path("labels"));
        var tally = metric.tally();
        for (int i = 0; i < labels.length; i++) {
            // Half way, another tally goes on from what this one knows.
            if (i == labels.length / 2) {
                var next = metric.tally();
                next.restore(tally.state());
                tally = next;
            }
            tally.add(predictions, i * classes, classes, labels[i]);
        }

        assertThat(tally.result()).isCloseTo(golden.path("result").asDouble(), within(2e-6));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingCountedIsZero(String name) {
        assertThat(Objects.requireNonNull(METRICS.get(name)).tally().result()).isZero();
    }

    @Test
    void aConfusionMatrixHasItsShares() {
        var matrix = ConfusionMatrix.of(List.of("neg", "pos"), new long[][]{{90, 10}, {20, 30}});

        assertThat(matrix.accuracy()).isEqualTo(120 / 150.0);
        assertThat(matrix.recall(1)).isEqualTo(0.6);
        assertThat(matrix.precision(1)).isEqualTo(0.75);
        assertThat(matrix.f1(1)).isCloseTo(2 * 0.6 * 0.75 / 1.35, within(1e-12));
        assertThat(ConfusionMatrix.of(List.of("a", "b"), new long[2][2]).f1(0)).isZero();
        assertThat(matrix.toString()).isEqualTo("""
                          → 0    → 1
                neg        90     10
                pos        20     30""");
    }
}
