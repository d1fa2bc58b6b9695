/// What the record of a training run says, whoever printed it: runs, epochs, metrics with the precision of their digits,
/// progress, data lines and events. Made by `narwhal.history.readers`; read by the doctor and its reports.
@NullMarked
package narwhal.history.log;

import org.jspecify.annotations.NullMarked;
