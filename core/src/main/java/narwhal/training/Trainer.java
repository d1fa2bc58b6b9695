package narwhal.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;
import narwhal.history.History;
import narwhal.history.ValidationAudit;
import narwhal.history.ValidationAudit.ClassCount;
import narwhal.layers.Mode;
import narwhal.layers.Pass;
import narwhal.losses.Loss;
import narwhal.losses.Targets;
import narwhal.metrics.ConfusionMatrix;
import narwhal.metrics.Metric;
import narwhal.metrics.Metrics;
import narwhal.metrics.Tally;
import narwhal.models.Model;
import narwhal.optimizers.Optimizer;

/// Trains and evaluates a model. It exists only with a loss and an optimizer, so there is nothing to compile.
public final class Trainer {
    private final Model model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final List<Metric> metrics;
    private final Map<Integer, Tensor> images = new HashMap<>();

    private Trainer(Model model, Loss loss, Optimizer optimizer, List<Metric> metrics) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
        this.metrics = metrics;
    }

    /// A trainer for a model.
    ///
    /// @param metrics measured beside the loss, in the order in which they are printed
    /// @throws narwhal.errors.NarwhalException `SHAPE_MISMATCH` if the loss cannot take the model's output
    public static Trainer of(Model model, Loss loss, Optimizer optimizer, Metric... metrics) {
        var output = model.output();
        if (output.rank() != 1 || (loss.targets().of(output.last()) == Targets.BINARY && output.last() != 1)) {
            throw Problem.SHAPE_MISMATCH.because(loss.name() + ": the model's output is " + output + ", expected "
                    + (loss.targets().of(output.last()) == Targets.BINARY ? "1" : "one number for each class"),
                    output.rank() > 1
                            ? "put flatten() before the last dense layer"
                            : "change the last layer or the loss");
        }
        return new Trainer(model, loss, optimizer, List.of(metrics));
    }

    /// The model in training.
    public Model model() {
        return model;
    }

    /// Trains the model.
    ///
    /// @param train the pictures to learn from
    /// @param fit how long and with what company
    /// @return what happened in each epoch
    /// @throws narwhal.errors.NarwhalException `NUM_NOT_FINITE` if training diverges; `SHAPE_MISMATCH`, `DATA_ONE_CLASS` or
    ///     `DATA_CLASS_MISMATCH` if the sets do not fit the model
    public History fit(Batches train, Fit fit) {
        check(train.dataset());
        fit.validation().ifPresent(validation -> {
            check(validation.dataset());
            if (!validation.dataset().classNames().equals(train.dataset().classNames())) {
                throw Problem.DATA_CLASS_MISMATCH
                        .because("training has " + train.dataset().classNames() + ", validation has "
                                + validation.dataset().classNames());
            }
        });
        return new Fitting(this, train, fit).run();
    }

    /// Scores every picture of a set once.
    public Evaluation evaluate(Batches batches) {
        check(batches.dataset());
        return evaluate(batches, new ValidationIterator.Read(0, batches.count()), 1, () -> false,
                new LostPictures(Optional.empty())).orElseThrow();
    }

    /// Scores the given batches of a set; empty if interrupted before the last one.
    Optional<Evaluation> evaluate(Batches batches, ValidationIterator.Read read, int loaders,
            BooleanSupplier interrupted, LostPictures lost) {
        int[] order = batches.order(0);
        var counts = new Counts(batches.dataset(), loss.fromLogits() ? 0 : 0.5f);
        var tallies = tallies();
        double sum = 0;
        long samples = 0;
        try (var loader = new BatchLoader(model.engine(), batches, new BatchLoader.Plan() {
            @Override
            public int length() {
                return read.length();
            }

            @Override
            public int[] indices(int position) {
                return batches.batch(order, (int) ((read.first() + position) % batches.count()));
            }

            @Override
            public int epoch(int position) {
                return 0;
            }
        }, loaders, images, lost)) {
            for (int i = 0; i < read.length(); i++) {
                if (interrupted.getAsBoolean()) return Optional.empty();
                var batch = loader.next();
                try (var scope = model.engine().scope()) {
                    var tape = Tape.silent(model.engine());
                    var predictions = model.forward(batch.images(),
                            new Pass(tape, Mode.INFERENCE, model.randomness(), 0));
                    var losses = weighted(tape,
                            loss.perSample(tape, predictions, targets(batches.dataset(), batch.indices())),
                            batches.dataset(), batch.indices(), Map.of());
                    float[] outputs = model.engine().read(predictions);
                    for (float value : model.engine().read(losses)) sum += value;
                    samples += batch.indices().length;
                    count(tallies, outputs, batches.dataset(), batch.indices());
                    counts.add(outputs, batch.indices());
                }
            }
        }
        var results = new LinkedHashMap<String, Double>();
        results.put("loss", sum / samples + penalty());
        for (int m = 0; m < tallies.size(); m++) results.put(metrics.get(m).name(), tallies.get(m).result());
        return Optional.of(new Evaluation(results, counts.audit(), counts.matrix()));
    }

    /// What the weights add to every loss.
    private double penalty() {
        try (var scope = model.engine().scope()) {
            return model.penalty(Tape.silent(model.engine())).map(sum -> (double) model.engine().read(sum)[0])
                    .orElse(0.0);
        }
    }

    /// What training makes small.
    public Loss loss() {
        return loss;
    }

    /// How gradients change the parameters.
    public Optimizer optimizer() {
        return optimizer;
    }

    /// What is measured beside the loss.
    public List<Metric> metrics() {
        return metrics;
    }

    Map<Integer, Tensor> images() {
        return images;
    }

    List<Tally> tallies() {
        return metrics.stream().map(Metric::tally).toList();
    }

    void count(List<Tally> tallies, float[] outputs, Dataset dataset, int[] indices) {
        int width = outputs.length / indices.length;
        for (var tally : tallies) {
            for (int i = 0; i < indices.length; i++) tally.add(outputs, i * width, width, dataset.classOf(indices[i]));
        }
    }

    /// The classes of a batch in the form that the loss asks for, in the open scope.
    Tensor targets(Dataset dataset, int[] indices) {
        boolean binary = loss.targets().of(model.output().last()) == Targets.BINARY;
        int width = binary ? 1 : model.output().last();
        var rows = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            int actual = dataset.classOf(indices[i]);
            if (binary) rows[i] = actual;
            else
                rows[i * width + actual] = 1;
        }
        var targets = model.engine().filled(Shape.of(indices.length, width), 0);
        model.engine().write(targets, 0, rows, rows.length);
        return targets;
    }

    /// The losses of a batch, each as often as its picture and its class count.
    Tensor weighted(Tape tape, Tensor losses, Dataset dataset, int[] indices, Map<Integer, Double> classWeight) {
        var weights = new float[indices.length];
        boolean plain = true;
        for (int i = 0; i < indices.length; i++) {
            double ofClass = classWeight.getOrDefault(dataset.classOf(indices[i]), 1.0);
            weights[i] = (float) (dataset.weightOf(indices[i]) * ofClass);
            plain &= weights[i] == 1;
        }
        if (plain) return losses;
        var tensor = model.engine().filled(losses.shape(), 0);
        model.engine().write(tensor, 0, weights, weights.length);
        return tape.multiply(losses, tensor);
    }

    Engine engine() {
        return model.engine();
    }

    private void check(Dataset dataset) {
        int classes = dataset.classNames().size();
        if (!dataset.shape().equals(model.input())) {
            throw Problem.SHAPE_MISMATCH
                    .because("pictures are " + dataset.shape() + ", the model takes " + model.input());
        }
        if (classes < 2) {
            throw Problem.DATA_ONE_CLASS
                    .because(dataset.classNames() + " is " + classes + " class, expected at least 2");
        }
        int expected = loss.targets().of(model.output().last()) == Targets.BINARY ? 2 : model.output().last();
        if (classes != expected) {
            throw Problem.SHAPE_MISMATCH
                    .because("the set has " + classes + " classes, " + loss.name() + " on an output of "
                            + model.output() + " takes " + expected, "change the last layer and the loss");
        }
    }

    /// Which pictures of which class were scored, and as what they were recognised.
    private static final class Counts {
        private final Dataset dataset;
        private final float threshold;
        private final long[] inSet;
        private final long[][] predicted;

        /// @param threshold of the second of two classes
        Counts(Dataset dataset, float threshold) {
            this.dataset = dataset;
            this.threshold = threshold;
            int classes = dataset.classNames().size();
            inSet = new long[classes];
            predicted = new long[classes][classes];
            for (int i = 0; i < dataset.size(); i++) inSet[dataset.classOf(i)]++;
        }

        void add(float[] outputs, int[] indices) {
            int width = outputs.length / indices.length;
            for (int i = 0; i < indices.length; i++) {
                predicted[dataset.classOf(indices[i])][Metrics.predicted(outputs, i * width, width, threshold)]++;
            }
        }

        ConfusionMatrix matrix() {
            return ConfusionMatrix.of(dataset.classNames(), predicted);
        }

        ValidationAudit audit() {
            var classes = new ArrayList<ClassCount>();
            long images = 0;
            for (int c = 0; c < inSet.length; c++) {
                long scored = Arrays.stream(predicted[c]).sum();
                classes.add(new ClassCount(dataset.classNames().get(c), inSet[c], scored, predicted[c][c]));
                images += scored;
            }
            return new ValidationAudit(images, dataset.size(), classes);
        }
    }

    static Map<String, Double> named(String prefix, Map<String, Double> metrics) {
        var named = new LinkedHashMap<String, Double>();
        metrics.forEach((name, value) -> named.put(prefix + name, value));
        return named;
    }
}
