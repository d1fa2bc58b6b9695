package narwhal.keras;

import java.util.Optional;
import narwhal.json.Json;
import narwhal.optimizers.Adam;
import narwhal.optimizers.AdamW;
import narwhal.optimizers.Adamax;
import narwhal.optimizers.Clipping;
import narwhal.optimizers.InverseTimeDecay;
import narwhal.optimizers.Lion;
import narwhal.optimizers.Nadam;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.Options;
import narwhal.optimizers.RmsProp;
import narwhal.optimizers.Schedule;
import narwhal.optimizers.Sgd;
import tools.jackson.databind.node.ObjectNode;

/// Optimizers. Source: `keras/src/optimizers` of Keras 3; `keras/optimizers.py` of Keras 2.2.4.
final class OptimizerConfigs {
    private static final String MODULE = "keras.optimizers";

    private OptimizerConfigs() {
    }

    // ---- reading ----

    /// The optimizer of an object; empty for one that Narwhal does not know, of which a note is made.
    static Optional<Optimizer> read(Argument came) {
        var fields = Fields.of(came);
        var name = Objects.className(came);
        var rate = fields.has("learning_rate") ? "learning_rate" : "lr";
        var schedule = schedule(fields, rate);
        if (schedule.isEmpty() && fields.config().path(rate).isObject()) {
            fields.argument(rate).note("is a schedule that is not known here; the model was read without its training");
            return Optional.empty();
        }
        double learningRate = schedule.map(s -> s.at(0)).orElseGet(() -> fields.number(rate, 0.001));
        var options = new Options(schedule, clipping(fields), fields.number("weight_decay"));
        if (fields.flag("use_ema", false))
            fields.argument("use_ema").note("was left out: no moving average of weights");
        if (fields.has("gradient_accumulation_steps"))
            fields.argument("gradient_accumulation_steps").note("was left out");
        return Optional.ofNullable(switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "adam" -> adam(fields, learningRate, options);
            case "adamw" -> new AdamW(adam(fields, learningRate, options));
            case "adamax" -> new Adamax(learningRate, fields.number("beta_1", 0.9), fields.number("beta_2", 0.999),
                    fields.number("epsilon", 1e-7), options);
            case "nadam" -> new Nadam(learningRate, fields.number("beta_1", 0.9), fields.number("beta_2", 0.999),
                    fields.number("epsilon", 1e-7), options);
            case "lion" ->
                new Lion(learningRate, fields.number("beta_1", 0.9), fields.number("beta_2", 0.99), options);
            case "rmsprop" -> {
                if (!came.origin().keras3())
                    came.note(
                            "is RMSprop of Keras 2, whose epsilon stands elsewhere; training goes on by Keras 3's formula");
                yield new RmsProp(learningRate, fields.number("rho", 0.9), fields.number("momentum", 0),
                        fields.number("epsilon", 1e-7), fields.flag("centered", false), options);
            }
            case "sgd" ->
                new Sgd(learningRate, fields.number("momentum", 0), fields.flag("nesterov", false), options);
            default -> {
                came.note("is an optimizer that is not known here; the model was read without its training");
                yield null;
            }
        });
    }

    private static Adam adam(Fields fields, double learningRate, Options options) {
        return new Adam(learningRate, fields.number("beta_1", 0.9), fields.number("beta_2", 0.999),
                fields.number("epsilon", 1e-7), fields.flag("amsgrad", false), options);
    }

    /// Keras 2 lets the rate decay by `1 / (1 + decay · step)`.
    private static Optional<Schedule> schedule(Fields fields, String rate) {
        if (fields.config().path(rate).isObject()) return ScheduleConfigs.read(fields.argument(rate));
        double decay = fields.number("decay", 0);
        if (decay == 0) return Optional.empty();
        return Optional.of(new InverseTimeDecay(fields.number(rate, 0.001), 1, decay, false));
    }

    /// Keras 2.0 to 2.3 meant the norm of all gradients by `clipnorm`.
    private static Clipping clipping(Fields fields) {
        if (fields.has("clipvalue")) return new Clipping.ByValue(fields.number("clipvalue", 0));
        if (fields.has("global_clipnorm")) return new Clipping.ByGlobalNorm(fields.number("global_clipnorm", 0));
        if (!fields.has("clipnorm")) return new Clipping.None();
        double norm = fields.number("clipnorm", 0);
        return fields.origin().standalone() ? new Clipping.ByGlobalNorm(norm) : new Clipping.ByNorm(norm);
    }

    // ---- writing ----

    /// The object of an optimizer; empty for one of the user's own.
    ///
    /// @param learningRate of the next step, where it follows no schedule
    static Optional<ObjectNode> write(Optimizer optimizer, double learningRate, Dialect dialect) {
        var config = Json.object();
        if (dialect == Dialect.KERAS_3) config.put("name", optimizer.name());
        var schedule = optimizer.schedule();
        if (schedule.isPresent()) {
            // Keras 3 asks for the module of what is inside, in files of either dialect; Keras 2 has no schedules.
            var written = ScheduleConfigs.write(schedule.get(), Dialect.KERAS_3);
            if (written.isEmpty()) return Optional.empty();
            config.set("learning_rate", written.get());
        } else {
            config.put("learning_rate", (double) (float) learningRate);
        }
        var name = switch (optimizer) {
            case Adam adam -> adam(adam, config, "Adam");
            case AdamW adamW -> adam(adamW.adam(), config, "AdamW");
            case Adamax adamax -> {
                betas(adamax.beta1(), adamax.beta2(), config).put("epsilon", adamax.epsilon());
                common(adamax.options(), config);
                yield "Adamax";
            }
            case Nadam nadam -> {
                betas(nadam.beta1(), nadam.beta2(), config).put("epsilon", nadam.epsilon());
                common(nadam.options(), config);
                yield "Nadam";
            }
            case Lion lion -> {
                betas(lion.beta1(), lion.beta2(), config);
                common(lion.options(), config);
                yield "Lion";
            }
            case RmsProp rmsprop -> {
                config.put("rho", rmsprop.rho()).put("momentum", rmsprop.momentum()).put("epsilon", rmsprop.epsilon())
                        .put("centered", rmsprop.centered());
                common(rmsprop.options(), config);
                yield "RMSprop";
            }
            case Sgd sgd -> {
                config.put("momentum", sgd.momentum()).put("nesterov", sgd.nesterov());
                common(sgd.options(), config);
                yield "SGD";
            }
            default -> "";
        };
        return name.isEmpty() ? Optional.empty() : Optional.of(Objects.write(MODULE, name, config, dialect));
    }

    private static String adam(Adam adam, ObjectNode config, String name) {
        betas(adam.beta1(), adam.beta2(), config).put("epsilon", adam.epsilon()).put("amsgrad", adam.amsgrad());
        common(adam.options(), config);
        return name;
    }

    private static ObjectNode betas(double beta1, double beta2, ObjectNode config) {
        return config.put("beta_1", beta1).put("beta_2", beta2);
    }

    private static void common(Options options, ObjectNode config) {
        options.weightDecay().ifPresent(decay -> config.put("weight_decay", decay));
        switch (options.clipping()) {
            case Clipping.None none -> {
            }
            case Clipping.ByNorm by -> config.put("clipnorm", by.clipnorm());
            case Clipping.ByGlobalNorm by -> config.put("global_clipnorm", by.globalClipnorm());
            case Clipping.ByValue by -> config.put("clipvalue", by.clipvalue());
        }
    }
}
