/// What a user states about a run: a facts file, a sentence, a pasted script in, typed facts out, each with the line it comes
/// from. Stated facts can be wrong; called by the command line and the readers, weighed by the doctor.
@NullMarked
package narwhal.history.facts;

import org.jspecify.annotations.NullMarked;
