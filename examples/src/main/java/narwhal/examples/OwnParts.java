package narwhal.examples;

import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.globalAveragePooling2d;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.softmax;
import static narwhal.losses.Losses.categoricalCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.training.Fit.epochs;

import java.util.ArrayList;
import java.util.List;
import narwhal.callbacks.Callback;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.engine.Activation;
import narwhal.engine.Shape;
import narwhal.history.Epoch;
import narwhal.history.History;
import narwhal.initializers.Initializers;
import narwhal.layers.Builder;
import narwhal.layers.Forward;
import narwhal.layers.Layer;
import narwhal.models.Model;
import narwhal.training.Trainer;

/// A layer and a callback that Narwhal does not have, written outside of it.
final class OwnParts {
    private OwnParts() {
    }

    /// x · σ(βx + bias), a gate with a bias for each channel: swish with something to learn. Nothing but forward is written; the
    /// tape knows the gradients.
    ///
    /// Source: Ramachandran, Zoph, Le, arXiv 1710.05941.
    ///
    /// @param beta steepness of the gate
    record Swish(double beta) implements Layer {
        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Forward build(Builder builder, Shape input) {
            var bias = builder.parameter("bias", Shape.of(input.last()), Initializers.zeros());
            return (x, pass) -> {
                var tape = pass.tape();
                var gate = tape.activate(new Activation.Sigmoid(),
                        tape.addBias(tape.scale(x, (float) beta, 0), bias.value()));
                return tape.multiply(x, gate);
            };
        }
    }

    /// Ends the training as soon as it is good enough, and remembers how the learning rate went.
    static final class GoodEnough implements Callback {
        private final double wanted;
        private final List<Double> rates = new ArrayList<>();

        /// @param wanted accuracy on the validation pictures
        GoodEnough(double wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onTrainBegin(Training training) {
            rates.clear();
        }

        @Override
        public void onEpochEnd(Training training, Epoch epoch) {
            rates.add(epoch.learningRate());
            double reached = epoch.metric("val_accuracy").orElse(0);
            if (reached >= wanted) training.stop("an accuracy of " + reached + " is good enough");
        }

        List<Double> rates() {
            return List.copyOf(rates);
        }
    }

    /// Trains a small network with both.
    static History train(Batches train, Batches validation, GoodEnough goodEnough, int epochs) {
        var network = sequential(
                conv2d(8, 3), new Swish(1),
                conv2d(16, 3), new Swish(1),
                globalAveragePooling2d(),
                dense(train.dataset().classNames().size()), softmax());
        var model = Model.of(network, train.dataset().shape(), 1);
        return Trainer.of(model, categoricalCrossentropy(), adam(0.01), accuracy())
                .fit(train, epochs(epochs).validation(validation).callbacks(goodEnough));
    }
}
