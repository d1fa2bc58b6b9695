package narwhal.benchmarks;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// A dense layer, forward and its three gradients, a hundred times over.
final class DenseWork implements Work {
    private static final int TIMES = 100;

    private final Engine engine;
    private final Tensor x;
    private final Tensor kernel;
    private final Tensor bias;
    private final SplittableRandom random = new SplittableRandom(1);

    DenseWork(Engine engine, int batch, int inputs, int outputs) {
        this.engine = engine;
        x = engine.zeros(Shape.of(batch, inputs));
        kernel = Work.drawn(engine, Shape.of(inputs, outputs), random, 0.1f);
        bias = Work.drawn(engine, Shape.of(outputs), random, 1);
    }

    @Override
    public void prepare() {
        Work.draw(engine, x, random, 1);
    }

    @Override
    public void run() {
        for (int i = 0; i < TIMES; i++) {
            try (var scope = engine.scope()) {
                var tape = Tape.recording(engine);
                tape.watch(x);
                tape.watch(kernel);
                tape.watch(bias);
                tape.backward(tape.sum(tape.addBias(tape.matmul(x, kernel), bias)));
            }
        }
    }
}
