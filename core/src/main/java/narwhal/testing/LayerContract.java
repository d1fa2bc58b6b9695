package narwhal.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.GradientCheck;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.layers.Layer;
import narwhal.layers.Mode;
import narwhal.layers.Parameter;
import narwhal.layers.Pass;
import narwhal.models.Model;

/// What a training relies on in every layer. Narwhal's own layers are asked these questions in its tests; a layer of your
/// own is asked in yours:
///
/// ```java
/// @Test
/// void gainKeepsTheContract() {
///     LayerContract.of(new Gain(0.5f), Shape.of(8, 8, 1)).check();
/// }
/// ```
///
/// 1. *Shape*: a batch of n samples becomes a batch of n outputs of the promised shape, for every n.
/// 2. *Gradient*: the gradients for the input and for every trainable parameter are those of finite differences, in training
///    and in inference.
/// 3. *Repeatability*: the same seed gives the same parameters; the same step gives the same bits again, on 1 to 4 threads;
///    the input is left as it was.
/// 4. *Training versus inference*: inference depends neither on the step nor on the other samples of the batch, and changes
///    no parameter. Training changes none that is trainable: that is the optimizer's part.
/// 5. *Engine*: the vector engine and the scalar reference agree.
///
/// Choose a small input: the gradient question runs the layer four times for each number in input and parameters.
///
/// @param layer that is asked
/// @param input shape of one sample
public record LayerContract(Layer layer, Shape input) {
    private static final int BATCH = 3;
    private static final long SEED = 20;
    private static final double TOLERANCE = 1e-4;

    /// The questions for one layer.
    ///
    /// @param input shape of one sample, without the batch axis
    public static LayerContract of(Layer layer, Shape input) {
        return new LayerContract(layer, input);
    }

    /// Asks all questions.
    ///
    /// @throws AssertionError naming every promise that the layer does not keep
    public void check() {
        var broken = broken();
        if (!broken.isEmpty()) {
            throw new AssertionError(layer + " on " + input + " breaks the contract of layers:\n  "
                    + String.join("\n  ", broken));
        }
    }

    /// The promises that the layer does not keep, each in a sentence; empty if it keeps all.
    public List<String> broken() {
        return Stream.of(shape(), gradient(Mode.TRAINING), gradient(Mode.INFERENCE), repeatability(), threads(),
                inference(), samples(), parameters(), engines()).flatMap(List::stream).toList();
    }

    // ---- the questions

    private List<String> shape() {
        var broken = new ArrayList<String>();
        try (var engine = Engine.cpu(1)) {
            var model = model(engine);
            var promised = layer.outputShape(input);
            for (int batch : new int[]{1, 2, 5}) {
                for (var mode : Mode.values()) {
                    try (var scope = engine.scope()) {
                        var came = model.forward(samples(engine, batch), pass(Tape.silent(engine), mode, 0)).shape();
                        if (!came.equals(promised.batch(batch))) {
                            broken.add("shape: a batch of " + batch + " in " + name(mode) + " gives " + came
                                    + ", promised was " + promised.batch(batch));
                        }
                    }
                }
            }
        }
        return broken;
    }

    private List<String> gradient(Mode mode) {
        try (var engine = Engine.cpu(2)) {
            var model = model(engine);
            var x = samples(engine, BATCH);
            var leaves = new ArrayList<Tensor>();
            var names = new ArrayList<String>();
            leaves.add(x);
            names.add("input");
            for (var parameter : model.trainable()) {
                shake(engine, parameter, names.size());
                leaves.add(parameter.value());
                names.add(parameter.path());
            }
            var differences = GradientCheck.differences(engine,
                    tape -> model.forward(x, pass(tape, mode, 3)), leaves);
            return differences.stream().limit(1)
                    .map(first -> String.format(Locale.ROOT,
                            "gradient: for element %d of %s the tape says %.6g, finite differences say %.6g in %s (%d of all differ)",
                            first.element(), names.get(first.leaf()), first.gradient(), first.slope(), name(mode),
                            differences.size()))
                    .toList();
        }
    }

    private List<String> repeatability() {
        var broken = new ArrayList<String>();
        try (var engine = Engine.cpu(2)) {
            var model = model(engine);
            if (!model.weightsSha256().equals(model(engine).weightsSha256())) {
                broken.add("repeatability: the same seed gives other parameters the second time");
            }
            if (!Arrays.equals(run(engine, model, Mode.TRAINING, 5), run(engine, model(engine), Mode.TRAINING, 5))) {
                broken.add("repeatability: the same training step gives other bits the second time");
            }
            var x = samples(engine, BATCH);
            float[] before = engine.read(x);
            for (var mode : Mode.values()) {
                try (var scope = engine.scope()) {
                    var _ = model.forward(x, pass(Tape.silent(engine), mode, 0));
                }
            }
            if (!Arrays.equals(before, engine.read(x))) broken.add("repeatability: the layer changes its input");
        }
        return broken;
    }

    private List<String> threads() {
        float[] expected = {};
        for (int threads = 1; threads <= 4; threads++) {
            try (var engine = Engine.cpu(threads)) {
                float[] came = run(engine, model(engine), Mode.TRAINING, 5);
                if (threads == 1) expected = came;
                if (!Arrays.equals(came, expected)) {
                    return List.of("repeatability: " + threads + " threads give other bits than one");
                }
            }
        }
        return List.of();
    }

    private List<String> inference() {
        var broken = new ArrayList<String>();
        try (var engine = Engine.cpu(2)) {
            var model = model(engine);
            float[] first = run(engine, model, Mode.INFERENCE, 0);
            if (!Arrays.equals(first, run(engine, model, Mode.INFERENCE, 7))) {
                broken.add("inference: the result depends on the step");
            }
            try (var scope = engine.scope()) {
                var silent = model.forward(samples(engine, BATCH), pass(Tape.silent(engine), Mode.INFERENCE, 0));
                if (!Arrays.equals(engine.read(silent), Arrays.copyOf(first, silent.shape().size()))) {
                    broken.add("inference: a silent tape gives another result than a recording one");
                }
            }
        }
        return broken;
    }

    private List<String> samples() {
        try (var engine = Engine.cpu(2); var scope = engine.scope()) {
            var model = model(engine);
            var batch = samples(engine, BATCH);
            float[] together = engine.read(model.forward(batch, pass(Tape.silent(engine), Mode.INFERENCE, 0)));
            int size = together.length / BATCH;
            for (int b = 0; b < BATCH; b++) {
                var sample = engine.of(input.batch(1),
                        Arrays.copyOfRange(engine.read(batch), b * input.size(), (b + 1) * input.size()));
                float[] alone = engine.read(model.forward(sample, pass(Tape.silent(engine), Mode.INFERENCE, 0)));
                if (differ(alone, Arrays.copyOfRange(together, b * size, (b + 1) * size))) {
                    return List.of("inference: sample " + b + " alone gives another result than within a batch");
                }
            }
            return List.of();
        }
    }

    private List<String> parameters() {
        var broken = new ArrayList<String>();
        try (var engine = Engine.cpu(2)) {
            var model = model(engine);
            for (var mode : Mode.values()) {
                for (var parameter : model.parameters()) {
                    float[] before = engine.read(parameter.value());
                    run(engine, model, mode, 0);
                    boolean mayChange = mode == Mode.TRAINING && !parameter.trainable();
                    if (!mayChange && !Arrays.equals(before, engine.read(parameter.value()))) {
                        broken.add(name(mode) + ": a pass changes " + parameter.path());
                    }
                }
            }
        }
        return broken;
    }

    private List<String> engines() {
        try (var fast = Engine.cpu(2); var reference = Engine.reference()) {
            return differ(run(fast, model(fast), Mode.TRAINING, 0), run(reference, model(reference), Mode.TRAINING, 0))
                    ? List.of("engine: the vector engine and the scalar reference differ")
                    : List.of();
        }
    }

    // ---- the runs

    private Model model(Engine engine) {
        return Model.of(layer, input, SEED, engine);
    }

    private static Pass pass(Tape tape, Mode mode, long step) {
        return new Pass(tape, mode, new Randomness(SEED), step);
    }

    /// Output, then the gradients of the sum of its squares for the input and the trainable parameters.
    private float[] run(Engine engine, Model model, Mode mode, long step) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            var x = tape.watch(samples(engine, BATCH));
            model.trainable().forEach(parameter -> tape.watch(parameter.value()));
            var y = model.forward(x, pass(tape, mode, step));
            float[] all = engine.read(y);
            tape.backward(tape.sum(tape.multiply(y, y)));
            for (var leaf : Stream.concat(Stream.of(x), model.trainable().stream().map(Parameter::value)).toList()) {
                float[] gradient = tape.gradient(leaf).map(engine::read).orElse(new float[0]);
                int end = all.length;
                all = Arrays.copyOf(all, end + gradient.length);
                System.arraycopy(gradient, 0, all, end, gradient.length);
            }
            return all;
        }
    }

    private Tensor samples(Engine engine, int batch) {
        return engine.of(input.batch(batch), random(0, batch * input.size()));
    }

    /// Away from the first values, which are often all equal.
    private static void shake(Engine engine, Parameter parameter, int stream) {
        float[] values = engine.read(parameter.value());
        float[] random = random(stream, values.length);
        for (int i = 0; i < values.length; i++) values[i] += 0.3f * random[i];
        engine.write(parameter.value(), 0, values, values.length);
    }

    /// Numbers between −1 and 1, none nearer to 0 than 0.05, where many functions have a kink.
    private static float[] random(int stream, int size) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            double u = 2 * new Randomness(7).uniform(Purpose.INITIALISATION, stream, i) - 1;
            values[i] = (float) (0.95 * u + Math.copySign(0.05, u));
        }
        return values;
    }

    private static boolean differ(float[] a, float[] b) {
        if (a.length != b.length) return true;
        double largest = 1;
        for (float value : b) largest = Math.max(largest, Math.abs(value));
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= TOLERANCE * largest) && Float.compare(a[i], b[i]) != 0) return true;
        }
        return false;
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
