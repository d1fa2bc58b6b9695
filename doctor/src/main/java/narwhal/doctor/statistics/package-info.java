/// The few statistical tools the doctor needs, each with its source: trends, turning points, periods, robust spread. Plain
/// numbers come in, plain numbers go out; the checks and the count forensics call it.
@NullMarked
package narwhal.doctor.statistics;

import org.jspecify.annotations.NullMarked;
