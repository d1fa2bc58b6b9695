/// The checks, one small class for each entry of the catalogue. A case comes in; a suspicion with weighed evidence goes out,
/// or nothing. [Checks] lists them; the doctor calls them and lets their suspicions compete.
@NullMarked
package narwhal.doctor.checks;

import org.jspecify.annotations.NullMarked;
