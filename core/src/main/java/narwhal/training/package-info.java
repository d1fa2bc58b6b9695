/// Training and evaluation. A [Trainer] takes a built model, a loss, an optimizer and metrics; batches come in, a history
/// comes out, callbacks are told on the way. Called by programs and by the command line.
@NullMarked
package narwhal.training;

import org.jspecify.annotations.NullMarked;
