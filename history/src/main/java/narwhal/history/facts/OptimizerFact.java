package narwhal.history.facts;

import java.util.OptionalDouble;

/// An optimizer as stated.
///
/// @param name in lower case: `adam`, `sgd`, `rmsprop`, `adadelta`, `adagrad`, `nadam`, `adamw`, …
/// @param learningRate stated, or the framework's default
/// @param defaultRate whether it is the default
/// @param momentum where stated
public record OptimizerFact(String name, OptionalDouble learningRate, boolean defaultRate, OptionalDouble momentum) {}
