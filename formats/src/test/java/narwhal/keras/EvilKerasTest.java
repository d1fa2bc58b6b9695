package narwhal.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static narwhal.errors.Problem.MODEL_DAMAGED;
import static narwhal.errors.Problem.MODEL_LIMIT;
import static narwhal.errors.Problem.MODEL_REFUSED_CODE;
import static narwhal.errors.Problem.MODEL_SIZE_MISMATCH;
import static narwhal.errors.Problem.MODEL_UNKNOWN_FORMAT;
import static narwhal.errors.Problem.MODEL_UNKNOWN_LAYER;
import static narwhal.keras.Evil.arguments;
import static narwhal.keras.Evil.layer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.hdf5.Draft;
import narwhal.json.Json;
import narwhal.museum.Museum;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The room of the museum for what a file says in Keras' words: JSON, names, numbers, weights.
class EvilKerasTest {
    private static final KerasModel LINE = Evil.line();
    private static final KerasModel GRAPH = Evil.graph();

    private static KerasModel read(byte[] file) {
        return KerasFiles.read(Bytes.of(file, "evil.keras"), Evil.ENGINE, Limits.standard());
    }

    private static void refuses(String exhibit, Problem expected, byte[] file) {
        Museum.refuses(exhibit, expected, () -> read(file));
    }

    @BeforeAll
    static void theOriginalsAreSound() {
        for (var model : List.of(LINE, GRAPH)) {
            assertThat(read(Evil.archive(Evil.config(model), Evil.weights(model))).model().weightsSha256())
                    .isEqualTo(model.model().weightsSha256());
        }
    }

    // ---- JSON ----

    @Test
    void refusesJsonBeyondItsLimits() {
        var weights = Evil.weights(LINE);
        refuses("100,000 levels", MODEL_LIMIT, Evil.archive("[".repeat(100_000), weights));
        refuses("100,000 objects in objects", MODEL_LIMIT, Evil.archive("{\"a\":".repeat(100_000), weights));
        refuses("text of 2 MB", MODEL_LIMIT,
                Evil.archive("{\"class_name\": \"" + "x".repeat(2 << 20) + "\"}", weights));
        refuses("document of 17 MB", MODEL_LIMIT, Evil.archive(" ".repeat(17 << 20) + "{}", weights));
        refuses("number of 50 digits", MODEL_LIMIT, line("\"filters\":2", "\"filters\":" + "9".repeat(50)));
        var objects = Evil.archive("[" + "{},".repeat(5_000_000) + "{}]", weights);
        Museum.refusesPartByPart("five million objects", MODEL_LIMIT, () -> read(objects));
        refuses("key of 2,000 characters", MODEL_LIMIT, Evil.archive("{\"" + "k".repeat(2_000) + "\": 1}", weights));
    }

    @Test
    void refusesWhatIsNoStrictJson() {
        var weights = Evil.weights(LINE);
        refuses("key twice", MODEL_DAMAGED, line("\"filters\":2", "\"filters\":2,\"filters\":3"));
        refuses("NaN", MODEL_DAMAGED, line("\"momentum\":0.99", "\"momentum\":NaN"));
        refuses("Infinity", MODEL_DAMAGED, line("\"momentum\":0.99", "\"momentum\":Infinity"));
        refuses("text behind", MODEL_DAMAGED, Evil.text(LINE, config -> config + "{}"));
        refuses("cut", MODEL_DAMAGED, Evil.text(LINE, config -> config.substring(0, config.length() / 2)));
        refuses("nothing", MODEL_DAMAGED, Evil.archive("", weights));
        refuses("comment", MODEL_DAMAGED, Evil.text(LINE, config -> "/* */" + config));
        refuses("quotes of another kind", MODEL_DAMAGED, Evil.text(LINE, config -> config.replace('"', '\'')));
        refuses("no UTF-8", MODEL_DAMAGED, Evil.archive(new byte[]{'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                Evil.bytes(narwhal.hdf5.Hdf5Writer.content(weights))));
        for (var other : List.of("[]", "7", "\"Sequential\"", "null", "{}", "{\"class_name\": 3, \"config\": 4}"))
            refuses(other, MODEL_UNKNOWN_FORMAT, Evil.archive(other, weights));
    }

    private static byte[] line(String before, String after) {
        return Evil.text(LINE, config -> config.replace(before, after));
    }

    // ---- code and strangers ----

    @Test
    void refusesCode() {
        for (var name : List.of("Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFOpLambda"))
            refuses(name, MODEL_REFUSED_CODE, Evil.tree(LINE, model -> layer(model, 3).put("class_name", name)));
        refuses("lambda as a function", MODEL_REFUSED_CODE,
                line("\"activation\":\"linear\"",
                        "\"activation\":{\"class_name\":\"__lambda__\",\"config\":{\"value\":\"4wEA\"}}"));
        refuses("byte code as a function", MODEL_REFUSED_CODE,
                line("\"activation\":\"linear\"", "\"activation\":{\"value\":[\"4wEA\",null,null]}"));
        refuses("lambda as an initializer", MODEL_REFUSED_CODE,
                Evil.tree(LINE,
                        model -> arguments(model, 1).putObject("kernel_initializer").put("class_name", "__lambda__")));
        refuses("lambda for the model", MODEL_REFUSED_CODE,
                Evil.tree(LINE, model -> model.put("class_name", "Lambda")));
    }

    @Test
    void refusesStrangers() {
        for (var name : List.of("StringLookup", "Discretization", "os.system", "eval", "java.lang.Runtime", "GRU", "",
                "conv2d"))
            refuses(name, MODEL_UNKNOWN_LAYER, Evil.tree(LINE, model -> layer(model, 3).put("class_name", name)));
        for (var module : List.of("os", "builtins", "keras", "keras.src.utils.file_utils", "keras.src.saving",
                "my_package"))
            refuses(module, MODEL_UNKNOWN_LAYER, Evil.tree(LINE, model -> layer(model, 1).put("module", module)));
        refuses("function of a stranger", MODEL_UNKNOWN_LAYER, line("\"activation\":\"linear\"",
                "\"activation\":{\"module\":\"os\",\"class_name\":\"function\",\"config\":\"system\",\"registered_name\":\"system\"}"));
        refuses("layer as a function", MODEL_UNKNOWN_LAYER,
                line("\"activation\":\"linear\"", "\"activation\":{\"class_name\":\"LeakyReLU\",\"config\":{}}"));
        refuses("initializer of a stranger", MODEL_UNKNOWN_LAYER, line("\"GlorotUniform\"", "\"Popen\""));
        refuses("channels first", MODEL_UNKNOWN_LAYER, line("\"channels_last\"", "\"channels_first\""));
        refuses("type of a stranger", MODEL_UNKNOWN_LAYER,
                Evil.tree(LINE, model -> arguments(model, 1).put("dtype", "int8_from_float32")));
    }

    // ---- numbers ----

    private static void refusesArgument(String json, Problem expected) {
        refuses("filters " + json, expected, line("\"filters\":2", "\"filters\":" + json));
    }

    @Test
    void refusesImpossibleArguments() {
        for (var json : List.of("0", "-1", "1.5", "\"2\"", "null", "true", "[2]", "{}", "2147483648",
                "9223372036854775808",
                "1e400", "2e0"))
            refusesArgument(json, MODEL_DAMAGED);
        for (var size : List.of("[3]", "[3,3,3]", "[-3,3]", "[0,3]", "[9,9]", "[1.5,3]", "{}", "null", "\"3\"",
                "[[3],3]"))
            refuses("kernel_size " + size, MODEL_DAMAGED, line("\"kernel_size\":[3,3]", "\"kernel_size\":" + size));
        for (var rate : List.of("-1", "7", "\"0.5\"", "1e400", "[0.9]"))
            refuses("momentum " + rate, MODEL_DAMAGED, line("\"momentum\":0.99", "\"momentum\":" + rate));
        refuses("padding", MODEL_DAMAGED, line("\"padding\":\"valid\"", "\"padding\":\"causal\""));
        refuses("use_bias", MODEL_DAMAGED, line("\"use_bias\":true", "\"use_bias\":\"yes\""));
        refuses("trainable", MODEL_DAMAGED, Evil.tree(LINE, model -> arguments(model, 1).put("trainable", "no")));
        refuses("no filters", MODEL_DAMAGED, line("\"filters\":2,", ""));
        refuses("no arguments", MODEL_DAMAGED, Evil.tree(LINE, model -> layer(model, 1).put("config", "none")));
        refuses("layers are no list", MODEL_DAMAGED,
                Evil.tree(LINE, model -> ((ObjectNode) model.path("config")).put("layers", "all")));
        refuses("no layers", MODEL_DAMAGED,
                Evil.tree(LINE, model -> ((ObjectNode) model.path("config")).putArray("layers")));
    }

    @Test
    void refusesImpossibleShapes() {
        for (var shape : List.of("[null,-4,4,3]", "[null,0,4,3]", "[null,4,4,2.5]", "[null,\"4\",4,3]", "[null]", "[]",
                "7",
                "[null,1,1,1,1,1,1,1]", "[null,2147483647,2147483647,3]", "[null,1e9,4,3]", "[null,NaN,4,3]", "{}"))
            refuses("shape " + shape, MODEL_DAMAGED, line("\"batch_shape\":[null,4,4,3]", "\"batch_shape\":" + shape));
        refuses("open shape", MODEL_UNKNOWN_LAYER,
                line("\"batch_shape\":[null,4,4,3]", "\"batch_shape\":[null,null,null,3]"));
        refuses("too small", MODEL_DAMAGED, line("\"batch_shape\":[null,4,4,3]", "\"batch_shape\":[null,2,2,3]"));
        refuses("weights that overflow", MODEL_DAMAGED, line("\"filters\":2", "\"filters\":2147483647"));
    }

    /// 100 million filters would be 10 GB; the file has some hundred bytes.
    @Test
    void refusesModelsLargerThanTheirFiles() {
        for (int filters : new int[]{3, 1_000, 1_000_000, 30_000_000})
            refuses(filters + " filters", MODEL_SIZE_MISMATCH, line("\"filters\":2", "\"filters\":" + filters));
        refuses("a million units", MODEL_SIZE_MISMATCH, line("\"units\":1", "\"units\":1000000"));
        refuses("a large picture", MODEL_SIZE_MISMATCH,
                line("\"batch_shape\":[null,4,4,3]", "\"batch_shape\":[null,10000,10000,3]"));
    }

    @Test
    void refusesTooManyLayersAndTooDeepOnes() {
        refuses("20,001 layers", MODEL_LIMIT, Evil.tree(LINE, model -> {
            var layers = (tools.jackson.databind.node.ArrayNode) model.path("config").path("layers");
            var flatten = layers.get(4);
            for (int i = 0; i < 20_001; i++) layers.add(flatten);
        }));
        var deep = "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":[".repeat(40)
                + "]}}".repeat(40);
        refuses("40 models in each other", MODEL_DAMAGED,
                Evil.text(LINE, config -> config.replace("\"layers\":[", "\"layers\":[" + deep + ",")));
    }

    // ---- graphs ----

    private static void refusesGraph(String exhibit, Problem expected, UnaryOperator<String> change) {
        refuses(exhibit, expected, Evil.text(GRAPH, change));
    }

    @Test
    void refusesImpossibleGraphs() {
        refusesGraph("layer that waits for itself", MODEL_DAMAGED,
                c -> c.replace("\"keras_history\":[\"conv2d\",0,0]", "\"keras_history\":[\"add\",0,0]"));
        refusesGraph("no such layer", MODEL_DAMAGED, c -> c.replace("[\"conv2d\",0,0]", "[\"nobody\",0,0]"));
        refusesGraph("no such use", MODEL_DAMAGED, c -> c.replace("[\"conv2d\",0,0]", "[\"conv2d\",7,0]"));
        refusesGraph("negative use", MODEL_DAMAGED, c -> c.replace("[\"conv2d\",0,0]", "[\"conv2d\",-1,0]"));
        refusesGraph("use of 2⁶⁴", MODEL_DAMAGED,
                c -> c.replace("[\"conv2d\",0,0]", "[\"conv2d\",18446744073709551616,0]"));
        refusesGraph("second result", MODEL_UNKNOWN_LAYER, c -> c.replace("[\"conv2d\",0,0]", "[\"conv2d\",0,1]"));
        refusesGraph("no output", MODEL_DAMAGED,
                c -> c.replace("\"output_layers\":[\"flatten\",0,0]", "\"output_layers\":[]"));
        refusesGraph("output in the middle", MODEL_UNKNOWN_LAYER,
                c -> c.replace("\"output_layers\":[\"flatten\",0,0]", "\"output_layers\":[\"add\",0,0]"));
        refusesGraph("two outputs", MODEL_UNKNOWN_LAYER, c -> c.replace("\"output_layers\":[\"flatten\",0,0]",
                "\"output_layers\":[[\"flatten\",0,0],[\"add\",0,0]]"));
        refusesGraph("two layers of one name", MODEL_DAMAGED,
                c -> c.replace("\"name\":\"add\"", "\"name\":\"flatten\""));
        refusesGraph("layer without input", MODEL_DAMAGED,
                c -> c.replaceFirst("\"inbound_nodes\":\\[\\{.*?\\}\\}\\]", "\"inbound_nodes\":[]")
                        .replaceFirst("\"inbound_nodes\":\\[\\{[^|]*?\"kwargs\":\\{\\}\\}\\]", "\"inbound_nodes\":[]"));
        refusesGraph("number as an input", MODEL_UNKNOWN_LAYER,
                c -> c.replaceFirst("\"args\":\\[\\{", "\"args\":[7,{"));
        refusesGraph("argument of a call", MODEL_UNKNOWN_LAYER,
                c -> c.replaceFirst("\"kwargs\":\\{\\}", "\"kwargs\":{\"x\":1}"));
        refusesGraph("shapes that do not fit", MODEL_DAMAGED, c -> c.replace("\"filters\":3", "\"filters\":2"));
    }

    // ---- weights ----

    private static void refusesWeights(String exhibit, Problem expected, Consumer<Draft> weights) {
        var root = new Draft();
        weights.accept(root);
        refuses(exhibit, expected, Evil.archive(Evil.config(LINE), root));
    }

    private static void some(Draft root, int[] kernel) {
        root.floats("layers/conv2d/vars/0", kernel,
                () -> new float[java.util.Arrays.stream(kernel).reduce(1, (a, b) -> a * b)]);
        root.floats("layers/conv2d/vars/1", new int[]{2}, () -> new float[2]);
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        refusesWeights("none", MODEL_UNKNOWN_FORMAT, root -> root.group("elsewhere"));
        refusesWeights("no layers", MODEL_SIZE_MISMATCH, root -> root.group("layers"));
        refusesWeights("other shape", MODEL_SIZE_MISMATCH, root -> some(root, new int[]{3, 3, 2, 3}));
        refusesWeights("other rank", MODEL_SIZE_MISMATCH, root -> some(root, new int[]{54}));
        refusesWeights("rest missing", MODEL_SIZE_MISMATCH, root -> some(root, new int[]{3, 3, 3, 2}));
        refusesWeights("one too many", MODEL_SIZE_MISMATCH, root -> {
            some(root, new int[]{3, 3, 3, 2});
            root.integer("layers/conv2d/vars/2", 1);
        });
        refusesWeights("wrong names", MODEL_SIZE_MISMATCH, root -> {
            root.integer("layers/conv2d/vars/a", 1).integer("layers/conv2d/vars/b", 1);
        });
        refusesWeights("whole numbers of another shape", MODEL_SIZE_MISMATCH, root -> {
            root.integer("layers/conv2d/vars/0", 1).integer("layers/conv2d/vars/1", 1);
        });
        refuses("weights that are no HDF5", MODEL_UNKNOWN_FORMAT,
                Evil.archive(Evil.config(LINE).getBytes(UTF_8), "not HDF5".getBytes(UTF_8)));
    }

    private static void refusesWhole(String exhibit, Problem expected, Consumer<Draft> change) {
        var root = new Draft().ascii("model_config", legacyConfig());
        change.accept(root);
        refuses(exhibit, expected, Evil.bytes(narwhal.hdf5.Hdf5Writer.content(root)));
    }

    private static String legacyConfig() {
        return new String(Json.bytes(new NetworkWriter(LINE.model(), Dialect.KERAS_2).write()), UTF_8);
    }

    @Test
    void refusesWholeModelsThatDoNotFit() {
        read(Evil.whole(legacyConfig(), root -> {
        }, LINE)); // The original is sound.
        refusesWhole("no weights", MODEL_UNKNOWN_FORMAT, root -> {
        });
        refusesWhole("no group for a layer", MODEL_SIZE_MISMATCH,
                root -> root.group("model_weights").texts("layer_names", List.of("conv2d", "../../etc")));
        refusesWhole("name that leads away", MODEL_SIZE_MISMATCH, root -> root.group("model_weights")
                .texts("layer_names", List.of("conv2d")).group("conv2d").texts("weight_names", List.of("../../../x")));
        refusesWhole("too few layers", MODEL_SIZE_MISMATCH,
                root -> root.group("model_weights").texts("layer_names", List.of()));
        refuses("configuration that is no JSON", MODEL_DAMAGED, Evil.whole("{", root -> {
        }, LINE));
        refuses("deep configuration", MODEL_LIMIT, Evil.whole("[".repeat(300_000), root -> {
        }, LINE));
        for (var training : List.of("{",
                "{\"optimizer_config\": {\"class_name\": \"Adam\", \"config\": {\"beta_1\": 7}}, \"loss\": \"mse\"}",
                "{\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": \"fast\"}}, \"loss\": \"mse\"}",
                "{\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": -1}}, \"loss\": \"mse\"}"))
            refuses(training, MODEL_DAMAGED,
                    Evil.whole(legacyConfig(), root -> root.ascii("training_config", training), LINE));
        refuses("code for a loss", MODEL_REFUSED_CODE, Evil.whole(legacyConfig(), root -> root.ascii("training_config",
                "{\"optimizer_config\": {\"class_name\": \"SGD\", \"config\": {}}, \"loss\": {\"class_name\": \"__lambda__\"}}"),
                LINE));
        for (var recipe : List.of("{\"class_names\": [1], \"height\": \"x\"}", recipe("[]", -1, "nearest"),
                recipe("[]", 4, "nearest"), recipe("[\"a\",\"b\",\"c\"]", 4, "nearest"),
                recipe("[\"a\",\"b\"]", 5, "nearest"),
                recipe("[\"a\",\"b\"]", 4, "magic"), recipe("[\"a\",\"b\"]", 4, "nearest", "[1]", "[]"),
                recipe("[\"a\",\"b\"]", 4, "nearest", "[1,2,3]", "[1]"),
                recipe("[\"a\",\"b\"]", 4, "nearest", "[1,2,null]", "[]")))
            refuses(recipe, MODEL_DAMAGED, Evil.whole(legacyConfig(), root -> root.ascii("narwhal", recipe), LINE));
        read(Evil.whole(legacyConfig(), root -> root.ascii("narwhal", recipe("[\"a\",\"b\"]", 4, "nearest")), LINE));
    }

    private static String recipe(String classes, int height, String interpolation) {
        return recipe(classes, height, interpolation, "[]", "[]");
    }

    private static String recipe(String classes, int height, String interpolation, String mean, String std) {
        return "{\"class_names\": " + classes + ", \"height\": " + height + ", \"width\": 4, \"grayscale\": false, "
                + "\"interpolation\": \"" + interpolation + "\", \"rescale\": 1, \"samplewise_center\": false, "
                + "\"samplewise_std_normalization\": true, \"featurewise_mean\": " + mean + ", \"featurewise_std\": "
                + std
                + "}";
    }

    /// What Keras warns of and passes over, we note and pass over.
    @Test
    void notesAnOptimizerThatDoesNotFit() {
        var loaded = read(Evil.whole(legacyConfig(), root -> root
                .ascii("training_config",
                        "{\"optimizer_config\": {\"class_name\": \"Adam\", \"config\": {}}, \"loss\": \"binary_crossentropy\"}")
                .group("optimizer_weights").texts("weight_names", List.of("a")).integer("a", 5), LINE));
        assertThat(loaded.compiled().orElseThrow().state()).isEmpty();
        assertThat(loaded.notes()).anyMatch(note -> note.contains("memory is not that of adam"));

        var custom = read(Evil.whole(legacyConfig(), root -> root.ascii("training_config",
                "{\"optimizer_config\": {\"class_name\": \"Ftrl\", \"config\": {}}, \"loss\": \"my_loss\"}"), LINE));
        assertThat(custom.compiled()).isEmpty();
        assertThat(custom.notes()).anyMatch(note -> note.contains("optimizer that is not known"))
                .anyMatch(note -> note.contains("loss that is not known"));
    }

    @Test
    void namesOfLayersAreOnlyNames() {
        for (var name : List.of("../../etc/passwd", "a/b", ".", "", "a\u0000b", "a\nb", "<script>", "Größe")) {
            var loaded = read(Evil.tree(LINE, model -> arguments(model, 1).put("name", name)));
            var folder = loaded.model().layers().getFirst().name();
            assertThat(folder).doesNotContain("/").isNotEmpty();
            Evil.bytes(narwhal.hdf5.Hdf5Writer.content(Evil.weights(loaded))); // It can be written again.
        }
    }

    @Test
    void unknownArgumentsAreLeftOutWithANote() {
        var loaded = read(Evil.tree(LINE,
                model -> arguments(model, 1).put("quantum", true).put("kernel_constraint", "max_norm")));

        assertThat(loaded.notes()).containsExactlyInAnyOrder("layer 'conv2d': quantum is unknown and was left out",
                "layer 'conv2d': kernel_constraint is not known here and was left out");
    }
}
