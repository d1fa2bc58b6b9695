package narwhal.keras;

import java.util.Optional;
import narwhal.json.Json;
import narwhal.optimizers.CosineDecay;
import narwhal.optimizers.CosineDecayRestarts;
import narwhal.optimizers.ExponentialDecay;
import narwhal.optimizers.InverseTimeDecay;
import narwhal.optimizers.PiecewiseConstantDecay;
import narwhal.optimizers.PolynomialDecay;
import narwhal.optimizers.Schedule;
import tools.jackson.databind.node.ObjectNode;

/// Learning rates that change with the steps. Source: `keras/src/optimizers/schedules/learning_rate_schedule.py` of Keras 3.
final class ScheduleConfigs {
    private ScheduleConfigs() {
    }

    /// The schedule of an object; empty for one that Narwhal does not know.
    static Optional<Schedule> read(Argument came) {
        var fields = Fields.of(came);
        double initial = fields.number("initial_learning_rate", 0);
        long steps = fields.integer("decay_steps", 1);
        return Optional.ofNullable(switch (Objects.className(came)) {
            case "ExponentialDecay" ->
                new ExponentialDecay(initial, steps, fields.number("decay_rate", 1), fields.flag("staircase", false));
            case "InverseTimeDecay" ->
                new InverseTimeDecay(initial, steps, fields.number("decay_rate", 1), fields.flag("staircase", false));
            case "PolynomialDecay" -> new PolynomialDecay(initial, steps, fields.number("end_learning_rate", 1e-4),
                    fields.number("power", 1), fields.flag("cycle", false));
            case "CosineDecay" -> new CosineDecay(initial, steps, fields.number("alpha", 0),
                    fields.number("warmup_target"), fields.integer("warmup_steps", 0));
            case "CosineDecayRestarts" -> new CosineDecayRestarts(initial, fields.integer("first_decay_steps", 1),
                    fields.number("t_mul", 2), fields.number("m_mul", 1), fields.number("alpha", 0));
            case "PiecewiseConstantDecay" -> new PiecewiseConstantDecay(
                    fields.numbers("boundaries").stream().map(Double::longValue).toList(), fields.numbers("values"));
            default -> null;
        });
    }

    /// The object of a schedule; empty for one that Keras does not know.
    static Optional<ObjectNode> write(Schedule schedule, Dialect dialect) {
        var config = Json.object();
        var name = switch (schedule) {
            case ExponentialDecay decay -> {
                config.put("initial_learning_rate", decay.initialLearningRate()).put("decay_steps", decay.decaySteps())
                        .put("decay_rate", decay.decayRate()).put("staircase", decay.staircase());
                yield "ExponentialDecay";
            }
            case InverseTimeDecay decay -> {
                config.put("initial_learning_rate", decay.initialLearningRate()).put("decay_steps", decay.decaySteps())
                        .put("decay_rate", decay.decayRate()).put("staircase", decay.staircase());
                yield "InverseTimeDecay";
            }
            case PolynomialDecay decay -> {
                config.put("initial_learning_rate", decay.initialLearningRate()).put("decay_steps", decay.decaySteps())
                        .put("end_learning_rate", decay.endLearningRate()).put("power", decay.power())
                        .put("cycle", decay.cycle());
                yield "PolynomialDecay";
            }
            case CosineDecay decay -> {
                config.put("initial_learning_rate", decay.initialLearningRate()).put("decay_steps", decay.decaySteps())
                        .put("alpha", decay.alpha()).put("warmup_steps", decay.warmupSteps());
                if (decay.warmupTarget().isPresent()) config.put("warmup_target", decay.warmupTarget().getAsDouble());
                else
                    config.putNull("warmup_target");
                yield "CosineDecay";
            }
            case CosineDecayRestarts decay -> {
                config.put("initial_learning_rate", decay.initialLearningRate())
                        .put("first_decay_steps", decay.firstDecaySteps()).put("t_mul", decay.tMul())
                        .put("m_mul", decay.mMul()).put("alpha", decay.alpha());
                yield "CosineDecayRestarts";
            }
            case PiecewiseConstantDecay decay -> {
                var boundaries = config.putArray("boundaries");
                decay.boundaries().forEach(boundaries::add);
                var values = config.putArray("values");
                decay.values().forEach(values::add);
                yield "PiecewiseConstantDecay";
            }
            default -> "";
        };
        if (name.isEmpty()) return Optional.empty();
        return Optional.of(Objects.write("keras.optimizers.schedules", name, config, dialect));
    }
}
