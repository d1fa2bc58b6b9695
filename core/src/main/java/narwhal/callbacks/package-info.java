/// What watches a training run and acts on it, in Keras' words. Called by the trainer with finished epochs.
@NullMarked
package narwhal.callbacks;

import org.jspecify.annotations.NullMarked;
