/// The training doctor: the record of a run and what its user states come in, ranked findings with evidence, confidence,
/// remedy and confirmation go out. The command line, the trainer's last lines and the run's report call it.
@NullMarked
package narwhal.doctor;

import org.jspecify.annotations.NullMarked;
