package narwhal.benchmarks;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.engine.Window;

/// One convolution channel by channel, with bias.
final class DepthwiseWork implements Work {
    private final Engine engine;
    private final Window window;
    private final Tensor x;
    private final Tensor kernel;
    private final Tensor bias;
    private final SplittableRandom random = new SplittableRandom(1);

    DepthwiseWork(Engine engine, int batch, int height, int width, int channels, int size) {
        this.engine = engine;
        window = Window.of(size, size).padding(Padding.SAME);
        x = engine.zeros(Shape.of(batch, height, width, channels));
        kernel = Work.drawn(engine, Shape.of(size, size, channels, 1), random, 0.1f);
        bias = Work.drawn(engine, Shape.of(channels), random, 1);
    }

    @Override
    public void prepare() {
        Work.draw(engine, x, random, 1);
    }

    @Override
    public void run() {
        try (var scope = engine.scope()) {
            engine.addBias(engine.depthwiseConv2d(x, kernel, window), bias);
        }
    }
}
