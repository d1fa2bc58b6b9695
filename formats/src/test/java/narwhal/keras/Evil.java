package narwhal.keras;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import narwhal.disk.Content;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.hdf5.Draft;
import narwhal.hdf5.Hdf5Writer;
import narwhal.json.Json;
import narwhal.layers.Graph;
import narwhal.layers.Layers;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.models.Model;
import narwhal.optimizers.OptimizerState;
import narwhal.optimizers.Optimizers;
import narwhal.zip.ZipForge;
import tools.jackson.databind.node.ObjectNode;

/// A small sound model, and files of it that were changed in one place.
final class Evil {
    static final Engine ENGINE = Engine.cpu(1);

    private Evil() {
    }

    /// Conv2D, BatchNormalization, ReLU, Flatten, Dense, trained with Adam.
    static KerasModel line() {
        var network = Layers.sequential(Layers.conv2d(2, 3), Layers.batchNormalization(), Layers.relu(),
                Layers.flatten(),
                Layers.dense(1), Layers.sigmoid());
        return compiled(Model.of(network, Shape.of(4, 4, 3), 7, ENGINE));
    }

    /// Two branches that are added.
    static KerasModel graph() {
        var x = Graph.input();
        var y = Layers.conv2d(3, 1).on(x);
        return compiled(
                Model.of(Graph.of(x, Layers.flatten().on(Layers.add().on(y, x))), Shape.of(4, 4, 3), 7, ENGINE));
    }

    private static KerasModel compiled(Model model) {
        var adam = Optimizers.adam();
        var state = OptimizerState.of(adam.start(ENGINE, model.trainable()), ENGINE, 3, 0.001);
        return KerasModel.of(model).compiled(new Compiled(adam, Losses.binaryCrossentropy(),
                java.util.List.of(Metrics.accuracy()), java.util.Optional.of(state)));
    }

    static byte[] bytes(Content content) {
        var out = new ByteArrayOutputStream();
        try {
            content.writeTo(piece -> {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                out.writeBytes(copy);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// `config.json` of a model's `.keras` file.
    static String config(KerasModel model) {
        var config = new NetworkWriter(model.model(), Dialect.KERAS_3).write();
        config.set("compile_config", Compilations.keras3(model.compiled().orElseThrow()).orElseThrow());
        return new String(Json.bytes(config), UTF_8);
    }

    /// A tree of weights that fits [#line], to be changed.
    static Draft weights(KerasModel model) {
        var writer = new NetworkWriter(model.model(), Dialect.KERAS_3);
        var root = new Draft();
        H5Files.keras3Weights(root, writer.name(), writer.layers(), ENGINE);
        return root;
    }

    static byte[] archive(String config, Draft weights) {
        return archive(config.getBytes(UTF_8), bytes(Hdf5Writer.content(weights)));
    }

    static byte[] archive(byte[] config, byte[] weights) {
        return new ZipForge().add(ZipForge.stored("metadata.json", "{\"keras_version\": \"3.0.0\"}".getBytes(UTF_8)))
                .add(ZipForge.stored("config.json", config)).add(ZipForge.stored("model.weights.h5", weights))
                .toBytes();
    }

    /// A `.keras` file whose configuration was changed as text.
    static byte[] text(KerasModel model, UnaryOperator<String> change) {
        var before = config(model);
        var after = change.apply(before);
        if (after.equals(before)) throw new AssertionError("nothing was changed");
        return archive(after, weights(model));
    }

    /// A `.keras` file whose configuration was changed as a tree.
    static byte[] tree(KerasModel model, Consumer<ObjectNode> change) {
        var tree = Json.parseObject(config(model).getBytes(UTF_8), Problem.INTERNAL, "config");
        change.accept(tree);
        return archive(new String(Json.bytes(tree), UTF_8), weights(model));
    }

    /// The configuration of the n-th layer, the input being layer 0.
    static ObjectNode layer(ObjectNode model, int n) {
        return (ObjectNode) model.path("config").path("layers").get(n);
    }

    static ObjectNode arguments(ObjectNode model, int n) {
        return (ObjectNode) layer(model, n).path("config");
    }

    /// A whole-model `.h5` file.
    static byte[] whole(String config, Consumer<Draft> change, KerasModel model) {
        var root = new Draft().ascii("keras_version", "2.3.1").ascii("model_config", config);
        H5Files.legacyWeights(root.group("model_weights"), new NetworkWriter(model.model(), Dialect.KERAS_2).layers(),
                ENGINE);
        change.accept(root);
        return bytes(Hdf5Writer.content(root));
    }
}
