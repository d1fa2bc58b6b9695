/// Bytes of a training log in, a [narwhal.history.log.TrainingLog] out, whatever framework, notebook or terminal the text went
/// through. Called by the command line and the doctor's tests; [narwhal.history.readers.Logs] is the entrance.
@NullMarked
package narwhal.history.readers;

import org.jspecify.annotations.NullMarked;
