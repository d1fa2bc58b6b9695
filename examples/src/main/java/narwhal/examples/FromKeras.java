package narwhal.examples;

import static narwhal.callbacks.Monitor.VAL_LOSS;
import static narwhal.data.augmentation.Augmentations.fillMode;
import static narwhal.data.augmentation.Augmentations.heightShift;
import static narwhal.data.augmentation.Augmentations.horizontalFlip;
import static narwhal.data.augmentation.Augmentations.rotation;
import static narwhal.data.augmentation.Augmentations.shear;
import static narwhal.data.augmentation.Augmentations.widthShift;
import static narwhal.data.augmentation.Augmentations.zoom;
import static narwhal.engine.Padding.SAME;
import static narwhal.layers.Activation.Function.RELU;
import static narwhal.layers.Activation.Function.SOFTMAX;
import static narwhal.layers.Layers.add;
import static narwhal.layers.Layers.batchNormalization;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.globalAveragePooling2d;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.losses.Losses.categoricalCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.metrics.Metrics.f1Score;
import static narwhal.optimizers.Optimizers.adamW;
import static narwhal.optimizers.Schedules.cosineDecay;
import static narwhal.regularizers.Regularizers.l2;
import static narwhal.training.Fit.epochs;

import java.nio.file.Path;
import java.util.Map;
import narwhal.callbacks.EarlyStopping;
import narwhal.callbacks.ModelCheckpoint;
import narwhal.data.Batches;
import narwhal.data.ImageFolder;
import narwhal.data.Subset;
import narwhal.data.augmentation.FillMode;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.history.History;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasModel;
import narwhal.layers.Graph;
import narwhal.layers.Layer;
import narwhal.layers.Node;
import narwhal.models.Model;
import narwhal.training.Trainer;

/// The pieces of Java that `docs/keras-to-java.md` shows, so that they are compiled and run.
final class FromKeras {
    private FromKeras() {
    }

    static Layer line() {
        // [network]
        var network = sequential(
                conv2d(32, 3).padding(SAME).activation(RELU).kernelRegularizer(l2(1e-4)),
                batchNormalization(),
                maxPooling2d(2),
                dropout(0.25),
                flatten(),
                dense(2).activation(SOFTMAX));
        // [end]
        return network;
    }

    // [graph]
    static Node block(Node x, int filters) {
        var y = conv2d(filters, 3).padding(SAME).useBias(false).on(x);
        y = relu().on(batchNormalization().on(y));
        return add().on(x, conv2d(filters, 3).padding(SAME).on(y));
    }

    static Graph residual() {
        var image = Graph.input();
        var x = conv2d(16, 3).padding(SAME).on(image);
        x = block(block(x, 16), 16);
        return Graph.of(image, dense(2).activation(SOFTMAX).on(globalAveragePooling2d().on(x)));
    }
    // [end]

    static Batches pictures(Path data, int side) {
        // [pictures]
        var train = ImageFolder.of(data)
                .resize(side, side).rescale(1.0 / 255)
                .augment(rotation(20), widthShift(0.1), heightShift(0.1), shear(5), zoom(0.1), horizontalFlip(),
                        fillMode(FillMode.REFLECT))
                .validationSplit(0.2, Subset.TRAINING)
                .shuffle(1)
                .batches(32);
        // [end]
        return train;
    }

    static History training(Layer network, Batches train, Batches validation, int side, Path folder) {
        // [training]
        var model = Model.of(network, Shape.of(side, side, 3), 1);
        var trainer = Trainer.of(model, categoricalCrossentropy().labelSmoothing(0.1),
                adamW(cosineDecay(1e-3, 1000)).globalClipnorm(1), accuracy(), f1Score());
        var history = trainer.fit(train, epochs(2).validation(validation)
                .classWeight(Map.of(0, 1.0, 1, 5.0))
                .callbacks(
                        ModelCheckpoint.to(folder + "/best-{epoch:02d}.keras").saveBestOnly(true)
                                .writer(KerasFiles.checkpoints(trainer)),
                        EarlyStopping.on(VAL_LOSS).patience(5).restoreBestWeights(true)));
        // [end]
        return history;
    }

    static History goOn(Path file, Batches train, Path better) {
        // [files]
        try (var engine = Engine.cpu()) {
            var loaded = KerasFiles.read(file, engine);
            loaded.notes().forEach(IO::println);
            var model = loaded.model();
            var compiled = loaded.compiled().orElseThrow();
            var history = compiled.trainer(model).fit(train,
                    compiled.state().map(epochs(1)::optimizerState).orElse(epochs(1)));
            KerasFiles.write(KerasModel.of(model), better);
            return history;
        }
        // [end]
    }
}
