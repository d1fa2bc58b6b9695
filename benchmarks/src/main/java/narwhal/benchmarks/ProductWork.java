package narwhal.benchmarks;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;

/// One matrix product.
final class ProductWork implements Work {
    private final Engine engine;
    private final Tensor a;
    private final Tensor b;
    private final SplittableRandom random = new SplittableRandom(1);

    ProductWork(Engine engine, int rows, int inner, int columns) {
        this.engine = engine;
        a = engine.zeros(Shape.of(rows, inner));
        b = Work.drawn(engine, Shape.of(inner, columns), random, 1);
    }

    @Override
    public void prepare() {
        Work.draw(engine, a, random, 1);
    }

    @Override
    public void run() {
        try (var scope = engine.scope()) {
            engine.matmul(a, false, b, false);
        }
    }
}
