/// What training makes small. A loss compares a batch of predictions with its targets on a tape; called by the trainer.
@NullMarked
package narwhal.losses;

import org.jspecify.annotations.NullMarked;
