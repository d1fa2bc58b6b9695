/// How gradients change parameters. An [Optimizer] describes, a [Stepper] holds the memory of one model's training; called
/// by the trainer after each batch.
@NullMarked
package narwhal.optimizers;

import org.jspecify.annotations.NullMarked;
