package narwhal.benchmarks;

import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.optimizers.Optimizers.adam;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.layers.Mode;
import narwhal.layers.Parameter;
import narwhal.layers.Pass;
import narwhal.losses.Loss;
import narwhal.models.Model;
import narwhal.optimizers.Stepper;

/// One training step of the seed's network, as the trainer does it: forward, loss, backward, a look for numbers that are
/// not finite, Adam.
final class Training implements Work {
    private final Engine engine;
    private final Model model;
    private final Loss loss = binaryCrossentropy();
    private final Stepper stepper;
    private final Tensor images;
    private final Tensor targets;
    private final SplittableRandom random = new SplittableRandom(1);
    private int step;

    Training(Engine engine, int batch, int height, int width) {
        this.engine = engine;
        model = SeedNetwork.model(engine, height, width);
        stepper = adam(3e-5).start(engine, model.trainable());
        images = engine.zeros(Shape.of(batch, height, width, 3));
        targets = engine.zeros(Shape.of(batch, 1));
    }

    @Override
    public void prepare() {
        Work.draw(engine, images, random, 1);
        var classes = new float[targets.shape().size()];
        for (int i = 0; i < classes.length; i++) classes[i] = random.nextInt(2);
        engine.write(targets, 0, classes, classes.length);
    }

    @Override
    public void run() {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            for (var parameter : model.trainable()) tape.watch(parameter.value());
            var predictions = model.forward(images, new Pass(tape, Mode.TRAINING, model.randomness(), step));
            var losses = loss.perSample(tape, predictions, targets);
            var mean = tape.scale(tape.sum(losses), 1f / images.shape().dim(0), 0);
            if (!Float.isFinite(engine.read(mean)[0])) throw new IllegalStateException("the loss is not finite");
            tape.backward(mean);
            for (var parameter : model.trainable()) check(tape, parameter);
            stepper.step(tape, 3e-5, ++step);
        }
    }

    private void check(Tape tape, Parameter parameter) {
        if (!engine.isFinite(tape.gradient(parameter.value()).orElseThrow())) {
            throw new IllegalStateException("the gradient of " + parameter.path() + " is not finite");
        }
    }
}
