/// What a training run was: its epochs and what its validation really scored. Filled by the trainer and by the readers of
/// logs; read by the doctor and the reports.
@NullMarked
package narwhal.history;

import org.jspecify.annotations.NullMarked;
