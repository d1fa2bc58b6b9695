/// From folders of pictures to batches. Called by the trainer, by evaluation and by prediction, which share one path.
@NullMarked
package narwhal.data;

import org.jspecify.annotations.NullMarked;
