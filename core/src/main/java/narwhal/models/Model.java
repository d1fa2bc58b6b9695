package narwhal.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import narwhal.engine.Engine;
import narwhal.engine.Randomness;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.layers.Builder;
import narwhal.layers.Forward;
import narwhal.layers.Layer;
import narwhal.layers.Mode;
import narwhal.layers.Parameter;
import narwhal.layers.Pass;

/// A network built for one shape of picture. It owns its parameters; training changes them in place.
public final class Model {
    private final Layer network;
    private final Shape input;
    private final Shape output;
    private final Engine engine;
    private final Randomness randomness;
    private final List<Builder.Built> layers;
    private final List<Parameter> parameters;
    private final List<Builder.Penalty> penalties;
    private final Forward forward;

    private Model(Layer network, Shape input, long seed, Engine engine) {
        this.network = network;
        this.input = input;
        this.engine = engine;
        this.randomness = new Randomness(seed);
        var builder = new Builder(engine, randomness);
        this.forward = builder.build(network, input);
        this.output = network.outputShape(input);
        this.layers = builder.built();
        this.parameters = builder.parameters();
        this.penalties = builder.penalties();
    }

    /// Builds a network on a CPU engine with all processors.
    ///
    /// @param network its layers
    /// @param input shape of one picture: height × width × channels
    /// @param seed of the first weights, dropout and everything else that is random in the model
    /// @throws narwhal.errors.NarwhalException `SHAPE_MISMATCH` or `SHAPE_TOO_SMALL`, naming the layer
    public static Model of(Layer network, Shape input, long seed) {
        return of(network, input, seed, Engine.cpu());
    }

    /// Builds a network on an engine.
    public static Model of(Layer network, Shape input, long seed, Engine engine) {
        return new Model(network, input, seed, engine);
    }

    /// The network as it was described.
    public Layer network() {
        return network;
    }

    /// Shape of one picture.
    public Shape input() {
        return input;
    }

    /// Shape of one prediction.
    public Shape output() {
        return output;
    }

    /// The engine that holds the parameters.
    public Engine engine() {
        return engine;
    }

    /// Where the model's chance comes from.
    public Randomness randomness() {
        return randomness;
    }

    /// The layers that were built, in order, with their names, output shapes and parameters.
    public List<Builder.Built> layers() {
        return layers;
    }

    /// All parameters, in order.
    public List<Parameter> parameters() {
        return parameters;
    }

    /// The parameters that an optimizer changes, in order.
    public List<Parameter> trainable() {
        return parameters.stream().filter(Parameter::trainable).toList();
    }

    /// Runs a batch forward on a tape.
    ///
    /// @param x batch × [#input]
    public Tensor forward(Tensor x, Pass pass) {
        return forward.forward(x, pass);
    }

    /// What the weights add to the loss of a batch, a scalar; empty if no layer has a regularizer.
    public Optional<Tensor> penalty(Tape tape) {
        return penalties.stream().map(penalty -> penalty.regularizer().penalty(tape, penalty.parameter().value()))
                .reduce(tape::add);
    }

    /// Predictions for a batch: row-major, batch × [#output].
    ///
    /// @param x batch × [#input]
    public float[] predict(Tensor x) {
        try (var scope = engine.scope()) {
            return engine.read(forward(x, new Pass(Tape.silent(engine), Mode.INFERENCE, randomness, 0)));
        }
    }

    /// SHA-256 of all parameters, in order, as little-endian 32-bit floats: equal for equal bits.
    public String weightsSha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var parameter : parameters) {
                var values = engine.read(parameter.value());
                var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
