package narwhal.metrics;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Makers of metrics, with Keras' defaults. A confusion matrix is no single number: it comes with every evaluation of a
/// trainer.
public final class Metrics {
    private Metrics() {
    }

    /// Share of samples whose most likely class is the right one, whatever the outputs look like.
    public static Accuracy accuracy() {
        return new Accuracy("accuracy", 0.5);
    }

    /// Share of outputs on the right side of 0.5.
    public static BinaryAccuracy binaryAccuracy() {
        return new BinaryAccuracy(0.5);
    }

    /// [#accuracy] under Keras' name for one output for each class.
    public static Accuracy categoricalAccuracy() {
        return new Accuracy("categorical_accuracy", 0.5);
    }

    /// [#accuracy] under Keras' name for labels that are the class's number.
    public static Accuracy sparseCategoricalAccuracy() {
        return new Accuracy("sparse_categorical_accuracy", 0.5);
    }

    /// Share of samples whose class is among the five largest outputs.
    public static TopK topKCategoricalAccuracy() {
        return topKCategoricalAccuracy(5);
    }

    /// Share of samples whose class is among the `k` largest outputs.
    public static TopK topKCategoricalAccuracy(int k) {
        return new TopK("top_k_categorical_accuracy", k);
    }

    /// [#topKCategoricalAccuracy] under Keras' name for labels that are the class's number.
    public static TopK sparseTopKCategoricalAccuracy(int k) {
        return new TopK("sparse_top_k_categorical_accuracy", k);
    }

    /// Area under the ROC curve with 200 thresholds.
    public static Auc auc() {
        return new Auc(200, Auc.Curve.ROC, Auc.Summation.INTERPOLATION, false);
    }

    /// Share of the outputs above 0.5 that were right.
    public static Precision precision() {
        return new Precision(0.5, OptionalInt.empty());
    }

    /// Share of the cases whose output is above 0.5.
    public static Recall recall() {
        return new Recall(0.5, OptionalInt.empty());
    }

    /// Harmonic mean of precision and recall, the mean of all classes.
    public static FBeta f1Score() {
        return new FBeta("f1_score", FBeta.Average.MACRO, 1, OptionalDouble.empty());
    }

    /// Weighted harmonic mean of precision and recall, the mean of all classes.
    ///
    /// @param beta how much more recall counts than precision
    public static FBeta fBetaScore(double beta) {
        return new FBeta("fbeta_score", FBeta.Average.MACRO, beta, OptionalDouble.empty());
    }

    /// The class that a row of outputs predicts, one output being a probability.
    public static int predicted(float[] predictions, int at, int outputs) {
        return predicted(predictions, at, outputs, 0.5f);
    }

    /// The class that a row of outputs predicts: one output the second of two classes above the threshold, several outputs
    /// the first largest.
    public static int predicted(float[] predictions, int at, int outputs, float threshold) {
        if (outputs == 1) return predictions[at] > threshold ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs; i++) if (predictions[at + i] > predictions[at + best]) best = i;
        return best;
    }
}
