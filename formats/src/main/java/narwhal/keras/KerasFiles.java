package narwhal.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.callbacks.CheckpointWriter;
import narwhal.disk.Container;
import narwhal.disk.Content;
import narwhal.disk.Disk;
import narwhal.disk.Section;
import narwhal.engine.Engine;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.guarded.UntrustedFile;
import narwhal.hdf5.DataSet;
import narwhal.hdf5.Draft;
import narwhal.hdf5.Group;
import narwhal.hdf5.Hdf5Reader;
import narwhal.hdf5.Hdf5Writer;
import narwhal.json.Json;
import narwhal.layers.Builder;
import narwhal.layers.Parameter;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import narwhal.models.Recipe;
import narwhal.optimizers.OptimizerState;
import narwhal.training.Trainer;
import narwhal.zip.ZipEntry;
import narwhal.zip.ZipReader;
import narwhal.zip.ZipWriter;
import tools.jackson.databind.JsonNode;

/// Reads and writes models in Keras' files.
///
/// ```java
/// var loaded = KerasFiles.read(Path.of("orca.keras"), Engine.cpu());
/// KerasFiles.write(loaded, Path.of("orca.h5"));
/// ```
///
/// A file is hostile until proved otherwise: nothing in it becomes code, a path or another file; its sizes are checked against
/// its configuration, and the configuration against the file, before memory is taken.
public final class KerasFiles {
    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final String SLOTS = "optimizer/";

    private KerasFiles() {
    }

    /// Whether a file looks like one of Keras', by its first bytes.
    ///
    /// @throws NarwhalException `MODEL_UNKNOWN_FORMAT` if there is no such file
    public static boolean matches(Path file, Limits limits) {
        try (var open = UntrustedFile.open(file, limits)) {
            var bytes = open.bytes();
            return ZipReader.matches(bytes) || Hdf5Reader.matches(bytes) || isJson(bytes);
        }
    }

    /// Reads a model with its weights.
    ///
    /// @throws NarwhalException `MODEL_UNKNOWN_FORMAT`, `MODEL_DAMAGED`, `MODEL_UNKNOWN_LAYER`, `MODEL_REFUSED_CODE`,
    ///     `MODEL_REFUSED_LINK`, `MODEL_SIZE_MISMATCH` or `MODEL_LIMIT`
    public static KerasModel read(Path file, Engine engine) {
        return read(file, engine, Limits.standard());
    }

    /// Reads a model with its weights, within limits of your own.
    public static KerasModel read(Path file, Engine engine, Limits limits) {
        try (var open = UntrustedFile.open(file, limits)) {
            return read(open.bytes(), engine, limits);
        }
    }

    /// Reads a model whose weights lie in a file of their own.
    ///
    /// @param architecture any file that has one, such as a `.json`
    /// @param weights any file that has them, such as a `.weights.h5`
    public static KerasModel read(Path architecture, Path weights, Engine engine, Limits limits) {
        try (var network = UntrustedFile.open(architecture, limits);
                var numbers = UntrustedFile.open(weights, limits)) {
            return read(source(network.bytes(), limits).weights(source(numbers.bytes(), limits)), engine, limits);
        }
    }

    /// Reads the bytes of a file.
    static KerasModel read(Bytes bytes, Engine engine, Limits limits) {
        return read(source(bytes, limits), engine, limits);
    }

    private static KerasModel read(Source source, Engine engine, Limits limits) {
        var weights = source.weights();
        var described = NetworkReader.read(source.config(), source.origin, limits);
        var planned = plan(described, source.origin);
        requireRoom(planned, source);
        var places = Weights.find(weights, described.parts(), planned);
        var model = Model.of(described.network(), described.input(), 0, engine);
        places.load(model);
        source.recipe.ifPresent(recipe -> Recipes.requireFit(recipe, model, source.origin));
        var compiled = source.compiled.map(read -> compiled(read, source, model, described.parts()));
        return new KerasModel(model, source.recipe, compiled, source.origin.notes());
    }

    private static Compiled compiled(Compilations.Read read, Source source, Model model, List<Part> parts) {
        var state = source.memory
                .flatMap(memory -> new OptimizerWeights(model, read.optimizer(), trainable(model, parts))
                        .read(memory, read.optimizer().learningRate(), source.origin));
        return new Compiled(read.optimizer(), read.loss(), read.metrics(), state);
    }

    /// The parameters that train, in the order of the layers in a file.
    private static List<Parameter> trainable(Model model, List<Part> parts) {
        var built = new HashMap<String, Builder.Built>();
        for (var layer : model.layers()) built.put(layer.name(), layer);
        return parts.stream().flatMap(Part::layers).flatMap(layer -> {
            var found = built.get(layer.built());
            return found == null ? Stream.<Parameter>empty() : found.parameters().stream();
        }).filter(Parameter::trainable).toList();
    }

    /// Reads the architecture of any file that has one; weights are not looked at and nothing of their size is allocated.
    public static KerasArchitecture architecture(Path file, Limits limits) {
        try (var open = UntrustedFile.open(file, limits)) {
            return architecture(open.bytes(), limits);
        }
    }

    /// Reads the architecture in the bytes of a file.
    static KerasArchitecture architecture(Bytes bytes, Limits limits) {
        var source = source(bytes, limits);
        var described = NetworkReader.read(source.config(), source.origin, limits);
        plan(described, source.origin);
        return new KerasArchitecture(described.network(), described.input(), source.recipe, source.origin.notes());
    }

    /// Puts the weights of a file into a model of the same layers, matched as Keras does. Nothing is changed unless all fit.
    /// Keras keeps the weights of models in the place of layers apart; for these, read the architecture along.
    ///
    /// @throws NarwhalException `MODEL_SIZE_MISMATCH` naming the first difference, and what [#read] throws
    public static void readWeights(Path file, Model model, Limits limits) {
        try (var open = UntrustedFile.open(file, limits)) {
            var weights = source(open.bytes(), limits).weights();
            var parts = Leaves.of(model).list().stream()
                    .map(leaf -> Part.layer(leaf.className(), leaf.name(), leaf.name())).toList();
            Weights.find(weights, parts, model.layers()).load(model);
        }
    }

    private static List<Builder.Built> plan(Described described, Origin origin) {
        try {
            return Builder.plan(described.network(), described.input());
        } catch (NarwhalException e) {
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": its layers do not fit: " + e.detail(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": its layers do not fit: " + e.getMessage(), e);
        }
    }

    /// A weight takes at least 2 bytes: so a small file cannot make us allocate a large model.
    private static void requireRoom(List<Builder.Built> planned, Source source) {
        long numbers = planned.stream().flatMap(layer -> layer.parameters().stream())
                .mapToLong(parameter -> parameter.value().shape().size()).sum();
        if (numbers > source.room / 2)
            throw Problem.MODEL_SIZE_MISMATCH.because(source.origin.file() + ": its layers have " + numbers
                    + " weights, its weights have " + source.room + " bytes");
    }

    // ---- what is in a file ----

    /// @param config of the model; missing in files of weights alone
    /// @param numbers the group that holds the weights
    /// @param room bytes of the file or entry they are in
    /// @param memory data sets of the optimizer, in order
    private record Source(Origin origin, JsonNode json, Optional<Group> numbers, long room, Optional<Recipe> recipe,
            Optional<Compilations.Read> compiled, Optional<List<DataSet>> memory) {
        Group weights() {
            return numbers.orElseThrow(() -> Problem.MODEL_UNKNOWN_FORMAT
                    .because(origin.file() + ": holds an architecture without weights",
                            "give the file with the weights"));
        }

        /// The same with the weights of another file.
        Source weights(Source other) {
            return new Source(origin, json, Optional.of(other.weights()), other.room, recipe, compiled, other.memory);
        }

        JsonNode config() {
            if (json.isMissingNode())
                throw Problem.MODEL_UNKNOWN_FORMAT.because(origin.file() + ": holds weights without an architecture",
                        "read it with the file of its network, as narwhal convert --architecture does");
            return json;
        }
    }

    private static Source source(Bytes bytes, Limits limits) {
        if (ZipReader.matches(bytes)) return archive(bytes, limits);
        if (Hdf5Reader.matches(bytes)) return hdf5(Hdf5Reader.read(bytes, limits), bytes.length());
        if (isJson(bytes)) return architecture(bytes);
        throw Problem.MODEL_UNKNOWN_FORMAT.because(bytes.place() + ": is none of Keras' files");
    }

    private static boolean isJson(Bytes bytes) {
        return bytes.length() > 0 && bytes.read(0, 1).get() == '{';
    }

    private static Source archive(Bytes bytes, Limits limits) {
        var origin = new Origin(bytes.place());
        var entries = ZipReader.read(bytes, limits);
        var config = entries.get(CONFIG);
        if (config == null) throw Problem.MODEL_UNKNOWN_FORMAT.because(bytes.place() + ": has no " + CONFIG);
        var metadata = entries.containsKey(METADATA) ? json(entries.get(METADATA)) : Json.object();
        origin.version(metadata.path("keras_version").asString("3"));
        for (var name : entries.keySet())
            if (name.startsWith("assets/") && !name.endsWith("/")) origin.note(name + " was left out");
        var weights = Optional.ofNullable(entries.get(WEIGHTS)).map(ZipEntry::open);
        if (weights.isEmpty() && entries.keySet().stream().anyMatch(name -> name.endsWith(".npz")))
            throw Problem.MODEL_UNKNOWN_FORMAT.because(bytes.place() + ": its weights are NumPy's, expected " + WEIGHTS,
                    "save the model again");
        var model = json(config);
        var root = weights.map(file -> Hdf5Reader.read(file, limits));
        return new Source(origin, model, root, weights.map(Bytes::length).orElse(0L),
                Recipes.read(metadata.path(Recipes.NAME), origin),
                Compilations.read(model.path("compile_config"), "optimizer", origin),
                root.flatMap(H5Files::keras3Memory));
    }

    private static JsonNode json(ZipEntry entry) {
        if (entry.length() > Json.LONGEST_DOCUMENT)
            throw Problem.MODEL_LIMIT.because(entry.stored().place() + ": " + entry.length()
                    + " bytes of JSON, the limit is " + Json.LONGEST_DOCUMENT);
        return parse(entry.open());
    }

    private static JsonNode parse(Bytes bytes) {
        return Json.parse(bytes.read(0, (int) Math.min(bytes.length(), Json.LONGEST_DOCUMENT + 1)).array(),
                Problem.MODEL_DAMAGED, Problem.MODEL_LIMIT, bytes.place());
    }

    private static Source hdf5(Group root, long room) {
        var origin = new Origin(root.file());
        var config = H5Files.json(root, H5Files.MODEL_CONFIG);
        var weights = root.group(H5Files.MODEL_WEIGHTS).filter(group -> root.texts("layer_names").isEmpty())
                .orElse(root);
        root.text("keras_version").or(() -> weights.text("keras_version")).ifPresent(origin::version);
        return new Source(origin, config, Optional.of(weights), room,
                Recipes.read(H5Files.json(root, Recipes.NAME), origin),
                Compilations.read(H5Files.json(root, H5Files.TRAINING_CONFIG), "optimizer_config", origin),
                H5Files.legacyMemory(root).or(() -> H5Files.keras3Memory(root)));
    }

    private static Source architecture(Bytes bytes) {
        var origin = new Origin(bytes.place());
        var json = parse(bytes);
        origin.version(json.path("keras_version").asString("3"));
        return new Source(origin, json, Optional.empty(), 0, Recipes.read(json.path(Recipes.NAME), origin),
                Optional.empty(), Optional.empty());
    }

    // ---- writing ----

    /// Writes a model in the format that the file's name asks for, whole or not at all.
    ///
    /// @throws NarwhalException `USAGE_VALUE` for another name; `MODEL_UNKNOWN_LAYER` for a layer of the user's own;
    ///     `DISK_FULL`, `DISK_PERMISSION` or `DISK_WRITE`, and then an older file is intact
    public static void write(KerasModel model, Path file) {
        var format = KerasFormat.of(file)
                .orElseThrow(() -> Problem.USAGE_VALUE.because(file + ": names no format of Keras",
                        "end it with .keras, .h5, .weights.h5 or .json"));
        write(model, format, file);
    }

    /// Writes a model in a format, whole or not at all. HDF5 has no checksums, so a file `….sha256` is put beside it.
    public static void write(KerasModel model, KerasFormat format, Path file) {
        var content = content(model, format);
        if (format == KerasFormat.KERAS || format == KerasFormat.JSON) {
            Disk.real().replace(file, content);
            return;
        }
        var hashed = new Hashed(content);
        Disk.real().replace(file, hashed);
        var line = hashed.hex() + "  " + file.getFileName() + "\n";
        Disk.real().replace(file.resolveSibling(file.getFileName() + ".sha256"),
                Content.of(line.getBytes(StandardCharsets.UTF_8)));
    }

    /// Lets [narwhal.callbacks.ModelCheckpoint] write Keras' files where the name says so, and Narwhal's container otherwise:
    ///
    /// ```java
    /// ModelCheckpoint.to("orca-{epoch:02d}.keras").writer(KerasFiles.checkpoints(trainer))
    /// ```
    ///
    /// @param trainer of the training, for its loss, optimizer and metrics
    public static CheckpointWriter checkpoints(Trainer trainer) {
        return (model, checkpoint, file) -> {
            if (KerasFormat.of(file).isEmpty()) {
                CheckpointWriter.CONTAINER.write(model, checkpoint, file);
                return;
            }
            write(of(trainer, checkpoint, file), file);
        };
    }

    /// What a checkpoint of a training holds: the trainer's model, the recipe for its pictures, and where the optimizer was.
    ///
    /// @param trainer with the loss, optimizer and metrics of the training; its model has the checkpoint's weights
    /// @param file of the checkpoint, for errors
    public static KerasModel of(Trainer trainer, Container checkpoint, Path file) {
        var state = checkpoint.state();
        var slots = checkpoint.sections().stream().filter(section -> section.name().startsWith(SLOTS))
                .map(section -> Section.float32(section.name().substring(SLOTS.length()), section.floats(),
                        section.size()))
                .toList();
        var memory = new OptimizerState(state.path("step").asLong(), state.path("learning_rate").asDouble(), slots);
        var compiled = new Compiled(trainer.optimizer(), trainer.loss(), trainer.metrics(), Optional.of(memory));
        return new KerasModel(trainer.model(), ModelFile.recipe(state, file), Optional.of(compiled), List.of());
    }

    /// The bytes of a file.
    static Content content(KerasModel model, KerasFormat format) {
        return switch (format) {
            case KERAS -> archive(model);
            case H5, H5_KERAS_2_2 -> Hdf5Writer.content(whole(model, format == KerasFormat.H5_KERAS_2_2));
            case WEIGHTS_H5 -> Hdf5Writer.content(weights(model, new NetworkWriter(model.model(), Dialect.KERAS_3)));
            case LEGACY_WEIGHTS_H5 -> {
                var root = new Draft();
                H5Files.legacyWeights(root, new NetworkWriter(model.model(), Dialect.KERAS_2).layers(),
                        model.model().engine());
                yield Hdf5Writer.content(root);
            }
            case JSON -> {
                var json = new NetworkWriter(model.model(), Dialect.KERAS_3).write();
                model.recipe().ifPresent(recipe -> json.set(Recipes.NAME, Recipes.write(recipe)));
                yield Content.of(Json.bytes(json));
            }
        };
    }

    private static Draft whole(KerasModel model, boolean keras22) {
        var writer = new NetworkWriter(model.model(), Dialect.KERAS_2);
        var config = writer.write();
        if (keras22
                && config.findValues("activation").stream().anyMatch(name -> name.asString("").equals("hard_sigmoid")))
            throw Problem.MODEL_UNKNOWN_LAYER.because(
                    "an activation is hard_sigmoid, which is another function in Keras 2.2",
                    "write .h5 for Keras 3");
        var root = H5Files.whole(keras22 ? H5Files.KERAS_2 : H5Files.KERAS_3, config, writer.layers(),
                model.model().engine());
        model.recipe().ifPresent(recipe -> root.ascii(Recipes.NAME, text(Recipes.write(recipe))));
        model.compiled().ifPresent(compiled -> {
            Compilations.legacy(compiled, keras22)
                    .ifPresent(words -> root.ascii(H5Files.TRAINING_CONFIG, text(words)));
            compiled.state().ifPresent(state -> {
                var memory = memory(model, compiled, writer);
                var group = new Draft();
                if (!keras22) memory.writeLegacy(state, root.group(H5Files.OPTIMIZER_WEIGHTS));
                else if (memory.writeKeras2(state, group))
                    memory.writeKeras2(state, root.group(H5Files.OPTIMIZER_WEIGHTS));
            });
        });
        return root;
    }

    private static OptimizerWeights memory(KerasModel model, Compiled compiled, NetworkWriter writer) {
        var trainable = writer.layers().stream().flatMap(layer -> layer.built().parameters().stream())
                .filter(Parameter::trainable).toList();
        return new OptimizerWeights(model.model(), compiled.optimizer(), trainable);
    }

    private static Draft weights(KerasModel model, NetworkWriter writer) {
        var root = new Draft();
        H5Files.keras3Weights(root, writer.name(), writer.layers(), model.model().engine());
        model.compiled().ifPresent(compiled -> compiled.state().ifPresent(
                state -> memory(model, compiled, writer).writeKeras3(state, root.group("optimizer/vars"))));
        return root;
    }

    private static Content archive(KerasModel model) {
        var writer = new NetworkWriter(model.model(), Dialect.KERAS_3);
        var metadata = Json.object().put("keras_version", H5Files.KERAS_3);
        model.recipe().ifPresent(recipe -> metadata.set(Recipes.NAME, Recipes.write(recipe)));
        var entries = new LinkedHashMap<String, Content>();
        entries.put(METADATA, Content.of(Json.bytes(metadata)));
        var config = writer.write();
        model.compiled().flatMap(Compilations::keras3).ifPresent(compiled -> config.set("compile_config", compiled));
        entries.put(CONFIG, Content.of(Json.bytes(config)));
        entries.put(WEIGHTS, Hdf5Writer.content(weights(model, writer)));
        return ZipWriter.content(entries);
    }

    private static String text(JsonNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    /// Content whose SHA-256 is known once it was written.
    private static final class Hashed implements Content {
        private final Content content;
        private byte[] hash = {};

        Hashed(Content content) {
            this.content = content;
        }

        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void writeTo(Target out) throws IOException {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                content.writeTo((ByteBuffer bytes) -> {
                    digest.update(bytes.duplicate());
                    out.write(bytes);
                });
                hash = digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        String hex() {
            return HexFormat.of().formatHex(hash);
        }
    }
}
