package narwhal.examples;

import static narwhal.callbacks.Monitor.VAL_LOSS;
import static narwhal.data.augmentation.Augmentations.shear;
import static narwhal.data.augmentation.Augmentations.zoom;
import static narwhal.engine.Padding.SAME;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.training.Fit.epochs;

import java.nio.file.Path;
import narwhal.callbacks.ModelCheckpoint;
import narwhal.callbacks.ReduceLROnPlateau;
import narwhal.data.ImageFolder;
import narwhal.engine.Shape;
import narwhal.history.History;
import narwhal.layers.Layer;
import narwhal.models.Model;
import narwhal.training.Trainer;

/// A whole script of Keras in Java: a network that tells orca calls from the sea in spectrograms, its augmentation, its
/// checkpoints and its learning rate.
///
/// ```
/// java … narwhal.examples.Orca DATA
/// ```
///
/// DATA is a folder with `train/` and `validation/`, each with a sub-folder of pictures for each of two classes.
final class Orca {
    private static final long SEED = 1;

    private Orca() {
    }

    static Layer block(int filters, double rate) {
        return sequential(
                conv2d(filters, 7).padding(SAME),
                conv2d(filters, 7).padding(SAME),
                relu(),
                maxPooling2d(2),
                dropout(rate));
    }

    static Layer network() {
        return sequential(
                block(32, 0.5), block(32, 0.6), block(32, 0.6),
                block(64, 0.6), block(64, 0.6), block(64, 0.6),
                block(128, 0.6),
                flatten(),
                dense(512), relu(),
                dense(512), relu(),
                dense(1), sigmoid());
    }

    /// Trains as the script does.
    ///
    /// @param height of the pictures as the network sees them, at least 128 pixels
    /// @param width of them, at least 128 pixels
    /// @param checkpoints where the best models are saved
    static History train(Path data, int height, int width, int batchSize, int epochs, Path checkpoints) {
        var train = ImageFolder.of(data.resolve("train"))
                .resize(height, width).rescale(1f / 255)
                .augment(shear(0.2), zoom(0.2))
                .shuffle(SEED)
                .batches(batchSize);
        var validation = ImageFolder.of(data.resolve("validation"))
                .resize(height, width).rescale(1f / 255)
                .batches(batchSize);

        var model = Model.of(network(), Shape.of(height, width, 3), SEED);
        var trainer = Trainer.of(model, binaryCrossentropy(), adam(3e-5), accuracy());

        var checkpoint = ModelCheckpoint.to(checkpoints + "/checkpointORCA_adam-{epoch:02d}-{val_loss:.2f}.ckpt")
                .monitor(VAL_LOSS).saveBestOnly(true);
        var reduceLr = ReduceLROnPlateau.on(VAL_LOSS).factor(0.5).patience(20).minLearningRate(1e-8);

        return trainer.fit(train, epochs(epochs).validation(validation).callbacks(checkpoint, reduceLr));
    }

    static void main(String... arguments) {
        train(Path.of(arguments[0]), 200, 300, 32, 60, Path.of(".")).epochs().forEach(IO::println);
    }
}
