package narwhal.training;

import static narwhal.layers.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import narwhal.callbacks.Callback;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.models.Model;
import narwhal.optimizers.Optimizers;
import org.junit.jupiter.api.Test;

/// Whole steps of a training as users run it: loading on a thread of its own, two engine threads, metrics, a callback.
class TrainerAllocationTest {
    private static final int WARM = 400;
    private static final int MEASURED = 50;
    private static final int BATCH = 8;
    private static final Shape PICTURE = Shape.of(32, 32, 3);

    private record Stripes() implements Dataset {
        @Override
        public int size() {
            return (WARM + MEASURED) * BATCH;
        }

        @Override
        public List<String> classNames() {
            return List.of("flat", "striped");
        }

        @Override
        public Shape shape() {
            return PICTURE;
        }

        @Override
        public int classOf(int index) {
            return index % 2;
        }

        @Override
        public String nameOf(int index) {
            return "picture";
        }

        @Override
        public void render(int index, int epoch, float[] target, int offset) {
            for (int i = 0; i < PICTURE.size(); i++) target[offset + i] = index % 2 == 0 ? 0.5f : i % 7 / 7f;
        }

        @Override
        public String fingerprint() {
            return "stripes";
        }
    }

    /// By all threads, those of the engine and of the loader included.
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    @Test
    void aSteadyStepAllocatesNextToNothing() {
        var perStep = new ArrayList<Long>();
        try (var engine = Engine.cpu(2)) {
            var network = sequential(conv2d(32, 7).padding(Padding.SAME), relu(), maxPooling2d(2), dropout(0.5),
                    flatten(), dense(32), relu(), dense(1), sigmoid());
            var model = Model.of(network, PICTURE, 1, engine);
            Trainer.of(model, Losses.binaryCrossentropy(), Optimizers.adam(3e-5), Metrics.accuracy())
                    .fit(Batches.of(new Stripes(), BATCH), Fit.epochs(1).loaders(1).callbacks(new Callback() {
                        private long before;

                        @Override
                        public void onStepEnd(Training training, Step step) {
                            long now = allocated();
                            if (step.number() > WARM) perStep.add(now - before);
                            before = now;
                        }
                    }));
        }
        // 45 KiB when this was written; the convolution's result alone has 1 MiB, a boxed vector for each of its loads 2 MiB.
        assertThat(perStep.stream().mapToLong(Long::longValue).sum() / perStep.size()).isLessThan(64 << 10);
    }
}
