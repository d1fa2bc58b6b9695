package narwhal.benchmarks;

import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.models.Model;

/// One prediction of the seed's network.
final class Predicting implements Work {
    private final Engine engine;
    private final Model model;
    private final Tensor images;
    private final SplittableRandom random = new SplittableRandom(1);

    Predicting(Engine engine, int batch, int height, int width) {
        this.engine = engine;
        model = SeedNetwork.model(engine, height, width);
        images = engine.zeros(Shape.of(batch, height, width, 3));
    }

    @Override
    public void prepare() {
        Work.draw(engine, images, random, 1);
    }

    @Override
    public void run() {
        model.predict(images);
    }
}
