/// A diagnosis as people and programs read it: text for a terminal, JSON, one self-contained HTML page. The command line calls
/// [Consultation], which reads, examines and writes in one go.
@NullMarked
package narwhal.doctor.report;

import org.jspecify.annotations.NullMarked;
