package narwhal.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.hdf5.Hdf5Reader;
import narwhal.layers.Layers;
import narwhal.models.Model;
import narwhal.optimizers.Optimizers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracle: files in the layout of Keras 2.2 whose numbers are the real Keras 3's (`make_keras22_files.py`).
class Keras22Test {
    private static final Engine ENGINE = Engine.cpu(1);
    private static final Case KERAS = Case.in("keras22.zip").getFirst();
    private static final Case GRAPH = Case.in("keras22.zip").getLast();

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static Map<String, byte[]> files() throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var in = new ZipInputStream(Keras22Test.class.getResourceAsStream("keras22.zip"))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        }
        return files;
    }

    private static KerasModel read(String name) throws IOException {
        return KerasFiles.read(Bytes.of(files().get(name), name), ENGINE, Limits.standard());
    }

    @Test
    void readsBothFormsOfWholeModels() throws IOException {
        for (var name : List.of("dict.h5", "list.h5")) {
            var loaded = read(name);

            assertThat(loaded.notes()).as(name).isEmpty();
            assertThat(loaded.model().layers()).extracting(layer -> layer.name()).startsWith("conv2d_1", "conv2d_2",
                    "activation_1", "max_pooling2d_1", "dropout_1");
            KERAS.assertPredictions(loaded.model(), name);
            KERAS.assertTraining(loaded, name);
        }
    }

    @Test
    void readsGraphs() throws IOException {
        var loaded = read("graph.h5");

        assertThat(loaded.notes()).isEmpty();
        assertThat(loaded.compiled().orElseThrow().optimizer())
                .isEqualTo(Optimizers.sgd(0.05f).momentum(0.9f).nesterov(true).globalClipnorm(0.2));
        KerasFiles.write(loaded, KerasFormat.H5_KERAS_2_2, folder.resolve("graph.h5"));
        GRAPH.assertPredictions(loaded.model(), "graph.h5");
        GRAPH.assertTraining(loaded, "graph.h5");
        var again = KerasFiles.read(folder.resolve("graph.h5"), ENGINE);
        GRAPH.assertPredictions(again.model(), "ours");
        GRAPH.assertTraining(again, "ours");
    }

    /// The names and places of an optimizer's memory. Expected: what the script says of SGD, and what `optimizers.py` of Keras
    /// 2.2.4 says of RMSprop, which counts no steps.
    @Test
    void writesTheMemoryAsKeras22Wrote() throws IOException {
        for (var file : List.of("graph.h5", "dict.h5")) {
            KerasFiles.write(read(file), KerasFormat.H5_KERAS_2_2, folder.resolve(file));
            assertThat(memory(Files.readAllBytes(folder.resolve(file)))).as(file)
                    .isEqualTo(memory(files().get(file)));
        }
        var rmsprop = KerasFiles.read(Bytes.of(Case.named("rmsprop_clipnorm").files().get(".keras"), "rmsprop"), ENGINE,
                Limits.standard());
        KerasFiles.write(rmsprop, KerasFormat.H5_KERAS_2_2, folder.resolve("rmsprop.h5"));
        assertThat(memory(Files.readAllBytes(folder.resolve("rmsprop.h5"))).keySet()).hasSize(6)
                .startsWith("training/RMSprop/Variable:0", "training/RMSprop/Variable_1:0");
        var slots = KerasFiles.read(folder.resolve("rmsprop.h5"), ENGINE).compiled().orElseThrow().state()
                .orElseThrow().slots();
        var expected = rmsprop.compiled().orElseThrow().state().orElseThrow().slots();
        for (int i = 0; i < expected.size(); i++)
            assertThat(slots.get(i).floats()).isEqualTo(expected.get(i).floats());
    }

    /// Names, shapes and first numbers of the optimizer's arrays, in order.
    private static Map<String, String> memory(byte[] file) {
        var group = Hdf5Reader.read(Bytes.of(file, "file"), Limits.standard()).group("optimizer_weights").orElseThrow();
        var memory = new LinkedHashMap<String, String>();
        for (var name : group.texts("weight_names").orElseThrow()) {
            var data = group.dataSet(name).orElseThrow();
            var numbers = data.shape().isEmpty()
                    ? List.of(data.number())
                    : Arrays.hashCode(data.floats(data.shape().stream().mapToInt(Math::toIntExact)
                            .toArray()));
            memory.put(name, data.shape() + " " + numbers);
        }
        return memory;
    }

    @Test
    void readsWeightsAlone() throws IOException {
        var loaded = read("dict.h5");
        var model = Model.of(loaded.model().network(), loaded.model().input(), 1, ENGINE);
        KerasFiles.readWeights(Files.write(folder.resolve("weights.h5"), files().get("weights.h5")), model,
                Limits.standard());

        KERAS.assertPredictions(model, "weights.h5");
    }

    /// What Keras 2.2 would take for something else is not written for it.
    @Test
    void refusesWhatKeras22WouldMisunderstand() {
        var network = Layers.sequential(Layers.flatten(), Layers.dense(1), Layers.hardSigmoid());
        var model = KerasModel.of(Model.of(network, Shape.of(4, 4, 3), 1, ENGINE));

        assertThatThrownBy(() -> KerasFiles.write(model, KerasFormat.H5_KERAS_2_2, folder.resolve("x.h5")))
                .isInstanceOf(NarwhalException.class).hasMessageContaining("hard_sigmoid");
        assertThat(folder.resolve("x.h5")).doesNotExist();
    }

    /// What we write for Keras 2.2 has its configuration and optimizer in its words.
    @Test
    void writesWhatKeras22Wrote() throws IOException {
        var loaded = read("dict.h5");
        var file = folder.resolve("ours.h5");
        KerasFiles.write(loaded, KerasFormat.H5_KERAS_2_2, file);
        var ours = Hdf5Reader.read(Bytes.of(Files.readAllBytes(file), "ours"), Limits.standard());
        var theirs = Hdf5Reader.read(Bytes.of(files().get("dict.h5"), "theirs"), Limits.standard());

        assertThat(ours.group("model_weights").orElseThrow().texts("layer_names"))
                .isEqualTo(theirs.group("model_weights").orElseThrow().texts("layer_names"));
        var ourLayers = H5Files.json(ours, "model_config").path("config").path("layers");
        var theirLayers = H5Files.json(theirs, "model_config").path("config").path("layers");
        assertThat(ourLayers).hasSize(theirLayers.size() + 1); // an explicit input
        for (int i = 0; i < theirLayers.size(); i++) {
            var expected = theirLayers.get(i).deepCopy();
            if (i == 0)
                ((tools.jackson.databind.node.ObjectNode) expected.path("config"))
                        .remove(List.of("batch_input_shape", "dtype"));
            assertThat(ourLayers.get(i + 1)).isEqualTo(expected);
        }
        assertThat(H5Files.json(ours, "training_config").path("optimizer_config"))
                .isEqualTo(H5Files.json(theirs, "training_config").path("optimizer_config"));
        var again = KerasFiles.read(file, ENGINE);
        KERAS.assertPredictions(again.model(), "ours");
        KERAS.assertTraining(again, "ours");
    }
}
